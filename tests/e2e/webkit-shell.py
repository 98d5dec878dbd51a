#!/usr/bin/env python3
"""webkit-shell.py --data=FOLDER [--features=NAME,...] [--private] URL

WebKitGTK in a bare window that keeps what pages store in FOLDER: MiniBrowser
under automation forgets it. Features are WebKit's own names; those for files
are off as it ships.
"""
import argparse

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402


def settings(features):
    made = WebKit2.Settings()
    known = WebKit2.Settings.get_all_features()
    for i in range(known.get_length()):
        if known.get(i).get_identifier() in features:
            made.set_feature_enabled(known.get(i), True)
    made.set_enable_write_console_messages_to_stdout(True)
    return made


def data(arguments):
    if arguments.private:
        return WebKit2.WebsiteDataManager(is_ephemeral=True)
    folders = {"base_data_directory": arguments.data + "/data",
               "base_cache_directory": arguments.data + "/cache"}
    return WebKit2.WebsiteDataManager(**folders)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--features", default="")
    parser.add_argument("--private", action="store_true")
    parser.add_argument("url")
    arguments = parser.parse_args()
    context = WebKit2.WebContext(website_data_manager=data(arguments))
    features = set(filter(None, arguments.features.split(",")))
    view = WebKit2.WebView(web_context=context, settings=settings(features))
    window = Gtk.Window()
    window.set_default_size(1000, 700)
    window.add(view)
    window.show_all()
    view.load_uri(arguments.url)
    Gtk.main()


main()
