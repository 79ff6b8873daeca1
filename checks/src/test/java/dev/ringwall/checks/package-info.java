/// The house keeps itself: what reviewers would otherwise say again and again, said by tests.
///
/// Two kinds of rules: [ClassRule] looks at compiled main code (who imports whom, who asks the time), [FileRule] at the files of the
/// repository as they lie there. Each returns sentences; an empty list is a pass. Every rule has a test that shows it failing on a bad
/// sample, for a rule that cannot fail keeps nothing.
///
/// *Start here:* [ImportTable] is the one table of who may import whom; [HouseTest] runs every rule on the whole repository.
@NullMarked
package dev.ringwall.checks;

import org.jspecify.annotations.NullMarked;
