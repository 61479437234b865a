package lib.server;

import lib.route.*;
import lib.wire.*;

/// One try: where it goes, what its reply must know of the request, and what is sent.
record Attempt(Route route, ReplyContext context, Ask ask) {
    Dialect dialect() { return route.dialect(); }

    /// It only looks whether there is an answer yet.
    boolean isPoll() { return ask.method().equals("GET"); }

    /// The same without the body, which may be large.
    Attempt sent() { return new Attempt(route, context, ask.withoutBody()); }
}
