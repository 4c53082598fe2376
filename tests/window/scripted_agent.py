# SPDX-License-Identifier: GPL-3.0-or-later
"""A peer that says on the bus what a test tells it to: for states that a real agent reaches only after months.

    with ScriptedAgent(session) as agent:
        agent.say(licenses=[license(State="grace", DaysLeft=3)])
        agent.calls                                # (path, method, arguments) of what the window asked
"""

import re
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from support import paths  # noqa: E402

MANAGER = "io.github.prolong.Manager1"
LICENSE = "io.github.prolong.License1"
OPERATION = "io.github.prolong.Operation1"
RESERVE = "io.github.prolong.Reserve1"
OBJECT_MANAGER = """
<node>
  <interface name="org.freedesktop.DBus.ObjectManager">
    <method name="GetManagedObjects"><arg type="a{oa{sa{sv}}}" direction="out"/></method>
    <signal name="InterfacesAdded"><arg type="o"/><arg type="a{sa{sv}}"/></signal>
    <signal name="InterfacesRemoved"><arg type="o"/><arg type="as"/></signal>
  </interface>
</node>
"""
DAY = 86400
_NONE = GLib.Variant("as", [])
DIAGNOSIS = "Prolong 1.0\nProduct: internet-security 21.3\nState: active\nService: ok\nKeyring: available"


def vendor(**changes):
    found = {
        "id": "demo", "name": "Demo Vendor", "service": "http://127.0.0.1:8497/v1",
        "code_pattern": "XXXXX-XXXXX-XXXXX-XXXXX", "code_check": "gf32", "number_pattern": "9999-999999-99999999",
        "support_url": "https://support.example/", "support_email": "help@support.example",
        "shop_url": "https://shop.example/", "service_state": "ok", "removable": False,
        "reminder_days": [30, 14, 7, 1],
        "products": [{"id": "internet-security", "name": "Internet Security", "version": "21.3"}],
        "partners": [{"name": "Computer Corner", "url": "https://corner.example/", "countries": ["NL", "BE"]}],
        "support_topics": [
            {"id": "activation", "name": "A code cannot be activated", "fields": ["license-number", "order-number"]},
            {"id": "auto-renewal", "name": "Turning auto-renewal off",
             "fields": ["purchase-date", "order-number", "license-number"]},
            {"id": "other", "name": "Something else", "fields": _NONE}]}
    return {**found, **changes}


def provider(name, action, kind="shop", subscription="", products=("Internet Security", "Password Safe"), **changes):
    """A place where subscriptions are bought; its id is its name in lower case."""
    found = {"vendor": "demo", "provider": name.lower(), "name": name, "kind": kind, "action": action,
             "url": "", "email": "", "phone": "", "instruction": "", "min_version": "", "max_version": "",
             "subscription": [subscription] if subscription else _NONE, "products": list(products), "applies": True}
    return {**found, **changes}


PROVIDERS = (
    provider("Demo Vendor", "service", "vendor"),
    provider("Allsoft", "contact", url="https://allsoft.example/support", email="support@allsoft.example"),
    provider("Nexway", "instruction", url="https://nexway.example/auto-renewal", min_version="19.0"),
    provider("My Demo", "support", "portal"),
    provider("NetLine", "contact", "internet-provider", "NetLine", url="https://netline.example/support",
             phone="+31 20 555 0123"),
    provider("Mobilna", "contact", "partner", email="help@mobilna.example", products=["Password Safe"], applies=False),
    provider("The store of a phone", "instruction", "phone", url="https://support.example/phone",
             instruction="Open the store on the phone, choose Subscriptions, then this one, and Cancel."),
)


def providers(*some):
    return GLib.Variant("(aa{sv})", ([{k: _variant(v) for k, v in each.items()} for each in some or PROVIDERS],))


def found_provider(name=None):
    """The answer of FindProvider: the one with that name, or that none is recognised."""
    found = next((each for each in PROVIDERS if each["name"] == name), {"provider": ""})
    return GLib.Variant("(a{sv})", ({k: _variant(v) for k, v in found.items()},))


def support(state="sent", name="s", **changes):
    """A request to support."""
    sent = state == "sent"
    found = {"id": name, "vendor": "demo", "topic": "auto-renewal", "state": state,
             "reference": "SR-2026-4HBYXT" if sent else "", "problem": "" if sent else "service-unavailable",
             "codes_hidden": 0, "created_at": int(time.time()), "retry_at": _big(0 if sent else int(time.time()) + 900)}
    return {**found, **changes}


def subscription(left=100, **changes):
    """One that the vendor itself renews, and that takes no code while it runs."""
    return license(left, **{"Kind": "subscription", "AutoRenewal": True, "AddCode": "subscription-running", **changes})


def order(state="awaiting-payment", name="q", **changes):
    """One of three devices for two years."""
    now = int(time.time())
    found = {
        "id": name, "vendor": "demo", "product": "internet-security", "name": "Internet Security",
        "number": "P017-4HBY-XT9Y", "license": "4821-003918-55120734", "devices": 3, "years": 2, "total": _big(5596),
        "currency": "EUR", "created_at": now, "pay_by": now + 14 * DAY, "delivers_at": _big(0), "retry_at": _big(0),
        "state": state, "outcome": "", "problem": ""}
    return {**found, **changes}


def _big(number):
    return GLib.Variant("x", number)


def offers(country="NL", currency="EUR", newest="22.0", **changes):
    """The answer of GetOffers, with a renewal discount of a fifth."""
    def offer(product, devices, years, price):
        return {"id": f"{product}-{devices}-{years}y", "product": product, "devices": devices, "years": years,
                "price": _big(price * 4 // 5), "full_price": _big(price)}

    prices = {(1, 1): 2995, (1, 2): 4995, (3, 1): 3995, (3, 2): 6995, (5, 1): 5495, (5, 2): 9495}
    found = {
        "country": country, "currency": currency, "delivery": "at-once",
        "countries": [{"id": "NL", "name": "Nederland", "payment_methods": ["ideal", "card", "direct-debit", "bank-transfer"]},
                      {"id": "BE", "name": "België", "payment_methods": ["card", "bank-transfer"]}],
        "products": [
            {"id": "internet-security", "name": "Internet Security", "version": "21.3", "newest_version": newest,
             "download_url": "https://shop.example/download",
             "offers": [offer("internet-security", *what, price) for what, price in prices.items()]},
            {"id": "password-safe", "name": "Password Safe", "version": "4.0", "newest_version": "", "download_url": "",
             "offers": [offer("password-safe", 1, 1, 1495)]}]}
    return GLib.Variant("(a{sv})", ({name: _variant(value) for name, value in {**found, **changes}.items()},))


def license(left=23, **changes):
    """A license of 365 days with so many left."""
    now = int(time.time())
    start = now + left * DAY - 365 * DAY
    found = {
        "Id": "a", "Vendor": "demo", "VendorName": "Demo Vendor", "Product": "internet-security",
        "Name": "Internet Security", "Number": "4821-003918-55120734", "Kind": "commercial",
        "State": "active" if left > 30 else "expiring", "DaysLeft": left, "StartsAt": start,
        "ExpiresAt": start + 365 * DAY, "GraceUntil": start + 379 * DAY, "ActivatedAt": start, "DevicesUsed": 2,
        "DevicesLimit": 3, "AutoRenewal": False, "Provider": "", "ManageUrl": "", "StatusUrl": "", "CoveredUntil": start + 365 * DAY,
        "CheckedAt": now - 3600, "Confirmed": True, "CheckProblem": "", "Clock": "ok", "AddCode": "allowed",
        "FirstReminder": 30}
    return {**found, **changes}


def operation(step, progress=0.5, **changes):
    found = {
        "Id": "o", "Kind": "activation", "Vendor": "demo", "Product": "internet-security",
        "Code": "•••••-•••••-•••••-1H8ZC", "Step": step, "Progress": progress, "Cancellable": False, "Error": "",
        "ErrorDetails": {}, "RetryAt": 0, "License": "/", "Reserve": "/"}
    return {**found, **changes}


def reserve(name="r", position=0, after=23, days=365, **changes):
    """A code that takes over in so many days, for so many."""
    start = int(time.time()) + after * DAY
    found = {
        "Id": name, "Vendor": "demo", "Product": "internet-security", "Code": "•••••-•••••-•••••-1H8ZC",
        "Position": position, "State": "ready", "Problem": "", "ProblemDetails": {}, "Name": "Internet Security",
        "Kind": "commercial", "Term": days * DAY, "StartsAt": start, "ExpiresAt": start + days * DAY,
        "DevicesUsed": 0, "DevicesLimit": 1, "CheckedAt": int(time.time()) - 3600, "Operation": "/"}
    return {**found, **changes}


def path_of(kind, name):
    return f"{paths.AGENT_PATH}/{kind}/{name}"


def _variant(value):
    """Facts of a problem and of a vendor: text, numbers, and lists of such."""
    if isinstance(value, GLib.Variant):
        return value
    if isinstance(value, bool):
        return GLib.Variant("b", value)
    if isinstance(value, str):
        return GLib.Variant("s", value)
    if isinstance(value, list) and value and isinstance(value[0], int):
        return GLib.Variant("au", value)
    if isinstance(value, list) and value and isinstance(value[0], str):
        return GLib.Variant("as", value)
    if isinstance(value, list):
        return GLib.Variant("aa{sv}", [{k: _variant(v) for k, v in item.items()} for item in value])
    return GLib.Variant("x" if value > 1_000_000 else "u", value)


DEFAULTS = {
    "GetProviders": providers, "FindProvider": found_provider,
    "GetDiagnosis": lambda: GLib.Variant("(s)", (DIAGNOSIS,)),
    "HideSecrets": lambda: GLib.Variant("(su)", ("", 0))}


class ScriptedAgent:
    def __init__(self, session):
        self.session = session
        self.calls = []
        self.answers = {}  # method -> value to return, or a D-Bus error name
        self.bus = None
        xml = (paths.SOURCE / "src/bus/io.github.prolong.xml").read_text(encoding="utf-8")
        nodes = [Gio.DBusNodeInfo.new_for_xml(re.sub(r"<!DOCTYPE.*?>", "", xml, flags=re.S)),
                 Gio.DBusNodeInfo.new_for_xml(OBJECT_MANAGER)]
        self.interfaces = {i.name: i for node in nodes for i in node.interfaces}
        self.objects = {}
        self.registered = []
        self.said = {}

    def __enter__(self):
        self.come()
        return self

    def __exit__(self, *_):
        self.go()

    def come(self):
        self.bus = self.session.connect()
        for name in (MANAGER, "org.freedesktop.DBus.ObjectManager"):
            self._register(paths.AGENT_PATH, name)
        if self.said:
            self.say(**self.said)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (paths.AGENT_NAME, 4)), None, Gio.DBusCallFlags.NONE, 5000, None)

    def go(self):
        self.bus.close_sync(None)
        self.registered = []

    def say(self, licenses=(), operations=(), vendors=None, tray="shown", reserves=(), orders=(), support=(), **manager):
        """manager: properties of Manager1 that are texts, such as Keyring="locked"."""
        self.said = {"licenses": licenses, "operations": operations, "vendors": vendors, "tray": tray,
                     "reserves": reserves, "orders": orders, "support": support, **manager}
        if vendors is None:
            vendors = [vendor(service_state=manager.get("Service", "ok"))]
        self.manager = {
            "Version": GLib.Variant("u", 1), "Keyring": GLib.Variant("s", "available"),
            "Service": GLib.Variant("s", "ok"), "Tray": GLib.Variant("s", tray),
            "DeviceName": GLib.Variant("s", "laptop"), "Storage": GLib.Variant("s", "ok"),
            "StartAtLogin": GLib.Variant("s", "on"), "Notifications": GLib.Variant("b", True),
            "NotificationDays": GLib.Variant("au", []), "Email": GLib.Variant("s", ""),
            "Orders": GLib.Variant("aa{sv}", [{k: _variant(v) for k, v in each.items()} for each in orders]),
            "SupportRequests": GLib.Variant("aa{sv}", [{k: _variant(v) for k, v in each.items()} for each in support]),
            "Vendors": GLib.Variant("aa{sv}", [{k: _variant(v) for k, v in each.items()} for each in vendors])}
        self.manager.update({name: GLib.Variant("s", value) for name, value in manager.items()})
        for registration in self.registered[2:]:
            self.bus.unregister_object(registration)
        del self.registered[2:]
        self.objects = {}
        for kind, interface, values in (("licenses", LICENSE, licenses), ("operations", OPERATION, operations),
                                        ("reserves", RESERVE, reserves)):
            for value in values:
                path = path_of(kind, value["Id"])
                self.objects[path] = {interface: self._typed(interface, value)}
                self._register(path, interface)
        self.bus.emit_signal(None, paths.AGENT_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                             GLib.Variant("(sa{sv}as)", (MANAGER, self.manager, [])))
        self.bus.flush_sync(None)

    def _typed(self, interface, values):
        typed = {}
        for info in self.interfaces[interface].properties:
            value = values[info.name]
            if info.signature == "a{sv}":
                value = {k: _variant(v) for k, v in value.items()}
            typed[info.name] = GLib.Variant(info.signature, value)
        return typed

    def _register(self, path, interface):
        self.registered.append(
            self.bus.register_object(path, self.interfaces[interface], self._on_call, self._on_get, None))

    def _on_get(self, _bus, _sender, path, interface, name):
        return self.manager[name] if interface == MANAGER else self.objects[path][interface][name]

    def _on_call(self, _bus, _sender, path, _interface, method, arguments, invocation):
        if method == "GetManagedObjects":
            invocation.return_value(GLib.Variant("(a{oa{sa{sv}}})", (self.objects,)))
            return
        if method != "Attach":
            self.calls.append((path, method, arguments.unpack()))
        answer = self.answers.get(method, DEFAULTS.get(method))
        if callable(answer):
            answer = answer()
        if isinstance(answer, str) and answer.startswith("io."):
            invocation.return_dbus_error(answer, "scripted")
        elif answer is None:
            invocation.return_value(None)
        elif answer != "wait":
            invocation.return_value(answer)
