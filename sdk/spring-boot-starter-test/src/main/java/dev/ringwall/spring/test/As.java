package dev.ringwall.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// For whom the requests of a test are: `@As("shopper")`. On a method it counts before the one on the class.
///
/// It counts for requests that the test's own thread makes by `MockMvc`, `RestTestClient`, or a client that has [TestSidecar] as interceptor.
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface As {

    /// The caller's roles, as the declaration names them; none for a service or for anyone.
    String[] value() default {};

    /// The caller: an account's id, `service:orders`, or `-` for anyone. `test-caller` unless said.
    String id() default "test-caller";

    /// The operation that the requests are let in for.
    String operation() default "test.call";

    /// The transaction token that the service gets to hand on.
    String transaction() default "test-transaction";
}
