# SPDX-License-Identifier: GPL-3.0-or-later
"""A Secret portal that answers as fast as can be: its first Response is on the bus before the reply to the call.

The real one answers so now and then; which of the two is read first is chance. What it says is that of the real one:
org.freedesktop.portal.Secret, version 1.
"""

import os

from gi.repository import Gio, GLib

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = """<node><interface name='org.freedesktop.portal.Secret'>
  <method name='RetrieveSecret'>
    <arg type='h' name='fd' direction='in'/>
    <arg type='a{sv}' name='options' direction='in'/>
    <arg type='o' name='handle' direction='out'/>
  </method>
  <property name='version' type='u' access='read'/>
</interface></node>"""
SECRET = os.urandom(64)


class Portal:
    def __init__(self, bus):
        self.bus, self.asked = bus, 0
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        bus.register_object(PATH, interface, self.on_call, lambda *_: GLib.Variant("u", 1), None)

    def on_call(self, _bus, sender, _path, _interface, _method, parameters, invocation):
        fd, options = parameters.unpack()
        pipe = invocation.get_message().get_unix_fd_list().get(fd)
        os.write(pipe, SECRET)
        os.close(pipe)
        request = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options.get('handle_token', 't')}"
        self.asked += 1
        if self.asked == 1:
            self.respond(sender, request)
        invocation.return_value(GLib.Variant("(o)", (request,)))
        if self.asked > 1:
            # Nobody can be seen to listen, so they get time to.
            GLib.timeout_add(200, self.respond, sender, request)

    def respond(self, sender, request):
        answer = GLib.Variant("(ua{sv})", (0, {}))
        self.bus.emit_signal(sender, request, "org.freedesktop.portal.Request", "Response", answer)
        return GLib.SOURCE_REMOVE


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    portal = Portal(bus)
    Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
    GLib.MainLoop().run()
    del portal


if __name__ == "__main__":
    main()
