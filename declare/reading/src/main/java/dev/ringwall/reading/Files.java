package dev.ringwall.reading;

import java.nio.ByteBuffer;

/// Where the files of a declaration come from: a folder, or a bundle that was handed over.
interface Files {

    /// The bytes at that path, which has passed [FilePath] and so cannot lead out of the folder.
    Fetched fetch(FilePath path);

    /// What came of asking for a file.
    sealed interface Fetched {
        /// Its content, at most [SourceText#FILE_BYTES_MAX] bytes.
        record Bytes(ByteBuffer bytes) implements Fetched {}

        /// It is not there.
        record Missing() implements Fetched {}

        /// It is longer than [SourceText#FILE_BYTES_MAX].
        record TooLarge() implements Fetched {}

        /// It is there and cannot or must not be read.
        ///
        /// @param why the end of a sentence: "is a folder"
        record Unfit(String why) implements Fetched {}
    }
}
