package dev.ringwall.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;

/// A rule about compiled main code.
interface ClassRule {

    /// One sentence for each breach, with the class and line that commits it.
    List<String> breaches(JavaClasses classes);
}
