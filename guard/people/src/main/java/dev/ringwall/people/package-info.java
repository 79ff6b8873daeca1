/// People and programs that may come in: accounts and their passwords, logins, machine clients and API keys, what they are worth, and
/// what of all that has ended.
///
/// Nothing here knows a protocol or a page. Every act is recorded before it happens, and only hashes of secrets are kept.
///
/// *Start here:* [dev.ringwall.people.Directory] is how the parts hang together, [dev.ringwall.people.SignIn] how a person comes in.
@NullMarked
package dev.ringwall.people;

import org.jspecify.annotations.NullMarked;
