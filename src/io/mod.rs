//! Layers in, features out.
