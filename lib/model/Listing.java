package lib.model;

import lib.wire.*;

/// A model as the catalogue lists it. Its facts are read when somebody asks for them: a Java that has just started needs 50 ms
/// to read those of all models.
record Listing(String id, Lazy<Model> facts) {
    Model model() { return facts.get(); }
}
