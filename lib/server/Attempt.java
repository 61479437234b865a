package lib.server;

import lib.dialect.Dialect;
import lib.dialect.Route;
import lib.dialect.Terms;
import lib.wire.Ask;

/// One try: where it goes, what its reply must know of the request, and what is sent.
record Attempt(Route route, Terms context, Ask ask) {
    Dialect dialect() { return route.dialect(); }

    /// It only looks whether there is an answer yet.
    boolean isPoll() { return ask.method().equals("GET"); }

    /// The same without the body, which may be large.
    Attempt sent() { return new Attempt(route, context, ask.withoutBody()); }
}
