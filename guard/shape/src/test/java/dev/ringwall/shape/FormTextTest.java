package dev.ringwall.shape;

import static dev.ringwall.shape.KeywordsTest.quoted;
import static dev.ringwall.shape.KeywordsTest.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies of forms.
class FormTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a=1&b=x+y&c=%C3%A9        | fits
                    tag=1&tag=2               | fits
                    ''                        | fits
                    a=one                     | /a: type
                    a=1&a=2                   | /a: repeated
                    d=1                       | /d: additionalProperties
                    tag=1&tag=b               | /tag/1: type
                    a=1&                      | form
                    a                         | form
                    =1                        | form
                    c=%zz                     | form
                    c=%C3                     | form
                    c=é                       | form
                    """)
    void aFormIsReadAsAnObject(String body, String said) {
        BodyCheck check =
                BodyCheck.ofForms(
                        quoted(
                                "{'additionalProperties':false,'properties':{'a':{'type':'integer'},'b':{'type':'string'},'c':{'maxLength':1},'tag':{'type':'array','items':{'type':'integer'}}}}"));
        assertThat(said(check, body)).isEqualTo(said);
    }

    @Test
    void aFormHasABound() {
        BodyCheck check = BodyCheck.ofForms("{}");
        assertThat(
                        said(
                                check,
                                "a=1"
                                        + IntStream.range(1, FormText.PAIRS_MAX)
                                                .mapToObj(i -> "&a" + i + "=1")
                                                .collect(Collectors.joining())))
                .isEqualTo("fits");
        assertThat(
                        said(
                                check,
                                "a=1"
                                        + IntStream.range(0, FormText.PAIRS_MAX)
                                                .mapToObj(i -> "&a" + i + "=1")
                                                .collect(Collectors.joining())))
                .isEqualTo("max-values");
    }
}
