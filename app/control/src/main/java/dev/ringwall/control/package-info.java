/// The control plane: it holds the declaration, the certificate authority, the identity provider and the audit log, and hands every
/// node what it lives on.
///
/// It holds no connection of a caller. When it is gone, nodes go on with the last bundle they have.
///
/// *Start here:* [ControlPlane] wires it, [NodeInterface] is what nodes may ask, [OperatorInterface] is what the command line may ask,
/// [Publisher] makes the signed, numbered documents.
@NullMarked
package dev.ringwall.control;

import org.jspecify.annotations.NullMarked;
