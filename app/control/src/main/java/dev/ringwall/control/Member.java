package dev.ringwall.control;

/// A node that has shown who it is.
///
/// @param name     the name in its certificate: `gateway`, `orders`
/// @param instance tells it apart from others of that name
record Member(String name, String instance) {}
