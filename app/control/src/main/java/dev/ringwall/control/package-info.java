/// The control plane: declaration, certificate authority, identity provider and audit log behind one listener.
@NullMarked
package dev.ringwall.control;

import org.jspecify.annotations.NullMarked;
