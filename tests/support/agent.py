# SPDX-License-Identifier: GPL-3.0-or-later
"""The real agent on the session's bus, seen through its D-Bus contract.

    with Agent(session) as agent:
        operation = agent.add_code(service.codes["one-year"])
        agent.wait_for_step(operation, "done")
        agent.licenses()[0]["DaysLeft"]

A failed call raises Problem, whose `problem` is the name, for example `code-unknown`.
"""

import re

from gi.repository import Gio, GLib

from . import paths

MANAGER = "io.github.prolong.Manager1"
LICENSE = "io.github.prolong.License1"
OPERATION = "io.github.prolong.Operation1"
RESERVE = "io.github.prolong.Reserve1"
ERROR_PREFIX = "io.github.prolong.Error."
ENDS = ("done", "refused", "cancelled")


class Problem(Exception):
    """An error of the agent's contract."""

    def __init__(self, remote, message):
        super().__init__(f"{remote}: {message}")
        self.remote = remote
        name = remote.removeprefix(ERROR_PREFIX)
        self.problem = re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower() if name != remote else None


class Agent:
    def __init__(self, session, env=None, arguments=(), program=paths.AGENT):
        """program: another build of the agent, for example one that ends itself at a given point."""
        self.session = session
        self.env = env or {}
        self.arguments = list(arguments)
        self.program = program
        self.child = None
        self._watch = None

    @property
    def log(self):
        return self.session.logs / "prolong-agent.log"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.unwatch()
        if self.child:
            was_running = self.child.returncode is None
            self.child.close()
            if was_running:
                self.session.wait_for_name(paths.AGENT_NAME, present=False)

    # The process

    def start(self, env=None, wait=True):
        """Starts the agent; waits for its name on the bus."""
        self.watch()
        self.child = self.session.spawn([self.program, *self.arguments], name="prolong-agent", env={**self.env, **(env or {})})
        if wait:
            self.session.wait_for(self._is_up, what="the agent's bus name")

    def _is_up(self):
        if self.child.returncode is not None:
            raise AssertionError(f"the agent ended with {self.child.returncode}:\n{self.child.output()}")
        return self.session.has_name(paths.AGENT_NAME)

    def stop(self):
        """SIGTERM; returns the exit status once the name is gone."""
        status = self.child.stop()
        self.session.wait_for_name(paths.AGENT_NAME, present=False)
        return status

    def kill(self):
        """SIGKILL; returns once the name is gone."""
        self.child.kill()
        self.session.wait_for_name(paths.AGENT_NAME, present=False)

    def restart(self, env=None):
        if self.child and self.child.returncode is None:
            self.stop()
        self.start(env)

    def wait_for_end(self, limit=paths.LIMIT):
        """Waits until the agent ends by itself (leaves, or was killed from within); returns the exit status."""
        status = self.child.wait(limit)
        self.session.wait_for_name(paths.AGENT_NAME, present=False)
        return status

    def watch(self):
        """Lets every signal of the agent, and its coming and going, wake wait_for()."""
        if not self._watch:
            subscribe, ignore, flags = self.session.bus.signal_subscribe, lambda *_: None, Gio.DBusSignalFlags.NONE
            self._watch = [
                subscribe(paths.AGENT_NAME, None, None, None, None, flags, ignore),
                subscribe("org.freedesktop.DBus", None, "NameOwnerChanged", None, paths.AGENT_NAME, flags, ignore)]

    def unwatch(self):
        for watch in self._watch or []:
            self.session.bus.signal_unsubscribe(watch)
        self._watch = None

    def wait_for(self, condition, limit=paths.LIMIT, what=None):
        """Waits, by the agent's signals, until CONDITION holds; returns what it gave."""
        self.watch()
        return self.session.wait_for(condition, limit, what)

    # Calls

    def call(self, path, interface, method, signature="()", *args, limit=paths.LIMIT):
        try:
            return self.session.call(paths.AGENT_NAME, path, interface, method, signature, *args, limit=limit)
        except GLib.Error as error:
            remote = Gio.DBusError.get_remote_error(error)
            if remote is None:
                raise
            Gio.DBusError.strip_remote_error(error)
            raise Problem(remote, error.message) from None

    def manager(self, method, signature="()", *args, **more):
        return self.call(paths.AGENT_PATH, MANAGER, method, signature, *args, **more)

    def properties(self, path=paths.AGENT_PATH, interface=MANAGER):
        return self.call(path, "org.freedesktop.DBus.Properties", "GetAll", "(s)", interface)

    def objects(self, interface):
        """Path -> properties of all objects with an interface."""
        managed = self.call(paths.AGENT_PATH, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")
        return {path: found[interface] for path, found in sorted(managed.items()) if interface in found}

    def licenses(self):
        """The properties of each license, `path` among them."""
        return [{"path": path, **values} for path, values in self.objects(LICENSE).items()]

    def operations(self):
        return [{"path": path, **values} for path, values in self.objects(OPERATION).items()]

    def add_code(self, code, vendor="", product="", **options):
        """Returns the path of the operation; options are `reserve`, `previous_code` and `accept_shorter_term`."""
        values = {name: GLib.Variant("b" if isinstance(value, bool) else "s", value) for name, value in options.items()}
        return self.manager("AddCode", "(sssa{sv})", vendor, product, code, values)

    def preflight(self, code, vendor="", product=""):
        return self.manager("Preflight", "(sss)", vendor, product, code)

    def vendors(self):
        """The properties of each vendor by its id."""
        return {vendor["id"]: vendor for vendor in self.properties()["Vendors"]}

    def check_vendor(self, profile):
        return self.manager("CheckVendor", "(s)", profile)

    def add_vendor(self, profile):
        return self.manager("AddVendor", "(s)", profile)

    def remove_vendor(self, name):
        self.manager("RemoveVendor", "(s)", name)

    def register_product(self, vendor, product, version):
        self.manager("RegisterProduct", "(sss)", vendor, product, version)

    def attach(self):
        self.manager("Attach")

    def reserves(self):
        """The properties of each reserve code, `path` among them, by position."""
        return sorted(({"path": path, **values} for path, values in self.objects(RESERVE).items()),
                      key=lambda values: (values["Vendor"], values["Product"], values["Position"]))

    def reserve(self, path):
        return self.objects(RESERVE).get(path)

    def on_reserve(self, path, method, signature="()", *args):
        return self.call(path, RESERVE, method, signature, *args)

    def operation(self, path):
        """The properties of an operation; None when it is gone."""
        return self.objects(OPERATION).get(path)

    def license(self, path):
        return self.objects(LICENSE).get(path)

    def on_operation(self, path, method, signature="()", *args):
        return self.call(path, OPERATION, method, signature, *args)

    def on_license(self, path, method, signature="()", *args):
        return self.call(path, LICENSE, method, signature, *args)

    def wait_for_step(self, path, *steps, limit=paths.LIMIT):
        """Waits until an operation is at one of the steps; returns its properties. Another end is a failure."""
        now = {}

        def look():
            now.clear()
            now.update(self.operation(path) or {})
            assert now, f"the operation {path} is gone"
            if now["Step"] in steps:
                return now
            assert now["Step"] not in ENDS, f"the operation ended {now['Step']}: {now['Error']}"
            return None

        try:
            return self.wait_for(look, limit, f"the operation to be {' or '.join(steps)}")
        except AssertionError as error:
            raise AssertionError(f"{error}; it is {now.get('Step')}, {now.get('Error') or 'without an error'}") from None

    # Orders

    def orders(self):
        return self.properties()["Orders"]

    def offers(self, number="", country="NL", vendor=""):
        return self.manager("GetOffers", "(sss)", vendor, number, country)

    def order(self, number="", devices=1, years=1, product="internet-security", vendor="", **changes):
        """Orders what the vendor offers; returns the id of the order and where it is paid."""
        catalog = self.offers(number, vendor=vendor)
        offer = next(offer for shelf in catalog["products"] if shelf["id"] == product for offer in shelf["offers"]
                     if (offer["devices"], offer["years"]) == (devices, years))
        return self.order_as(vendor, {"offer": offer["id"], "price": offer["price"]}, number=number, product=product,
                             **changes)

    def order_as(self, vendor, item, quantity=1, **changes):
        values = {"email": "jan@example.net", "country": "NL", "payment_method": "ideal", "number": "", "product": "",
                  "total": item["price"] * quantity, **changes}
        order = {name: GLib.Variant("x" if name == "total" else "s", value) for name, value in values.items()}
        order["items"] = GLib.Variant("aa{sv}", [{"offer": GLib.Variant("s", item["offer"]),
                                                  "price": GLib.Variant("x", item["price"]),
                                                  "quantity": GLib.Variant("u", quantity)}])
        return self.manager("Order", "(sa{sv})", vendor, order)

    def check_order(self, name=""):
        self.manager("CheckOrder", "(s)", name)

    def wait_for_order(self, limit=paths.LIMIT, **wanted):
        """Waits until the only order has these properties; returns it."""
        def look():
            order, = self.orders()
            return order if all(order[name] == value for name, value in wanted.items()) else None

        return self.wait_for(look, limit, f"the order to be {wanted}")

    # Support

    def diagnosis(self, vendor=""):
        return self.manager("GetDiagnosis", "(s)", vendor)

    def support_requests(self):
        return self.properties()["SupportRequests"]

    def write_to_support(self, vendor="", **request):
        """Sends a support request; returns its id."""
        values = {"topic": "license", "name": "Jan de Vries", "email": "jan@example.net", "message": "It does not work.",
                  **request}
        return self.manager("SendSupportRequest", "(sa{sv})", vendor,
                            {name: GLib.Variant("s", value) for name, value in values.items()})

    def wait_for_support(self, limit=paths.LIMIT, **wanted):
        """Waits until the only support request has these properties; returns it."""
        def look():
            request, = self.support_requests()
            return request if all(request[name] == value for name, value in wanted.items()) else None

        return self.wait_for(look, limit, f"the support request to be {wanted}")

    def activate(self, code, vendor="", product=""):
        """Activates a code to the end; returns the license's properties."""
        done = self.wait_for_step(self.add_code(code, vendor, product), "done")
        return self.license(done["License"])
