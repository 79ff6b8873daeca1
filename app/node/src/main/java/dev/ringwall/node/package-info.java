/// A node: the public gateway, or the sidecar of one or more services, living on the last signed bundle.
@NullMarked
package dev.ringwall.node;

import org.jspecify.annotations.NullMarked;
