package dev.ringwall.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says which operation of the declaration a handler method is: `@Serves("orders.read")`.
///
/// The method is then reached by calls that were let in for that operation, and by no other: a path that the sidecar and Spring read differently
/// leads nowhere, and without a gateway a token needs the operation in its scope.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Serves {

    /// The operation with its service, `orders.read`.
    String value();
}
