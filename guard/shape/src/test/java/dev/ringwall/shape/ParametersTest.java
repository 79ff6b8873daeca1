package dev.ringwall.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.AnswerShape;
import dev.ringwall.model.RequestShape;
import dev.ringwall.model.RequestShape.Form;
import dev.ringwall.model.RequestShape.In;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parameters as they are written in a URL or a header, held against their schemas.
class ParametersTest {

    private static final String COLOUR =
            """
            {"type":"object","additionalProperties":false,"required":["r"],
             "properties":{"r":{"$ref":"#/$defs/n"},"name":{"type":"string"}},
             "$defs":{"n":{"type":"integer","maximum":255}}}
            """;

    private static final String NUMBERS =
            "{\"type\":\"array\",\"maxItems\":2,\"items\":{\"$ref\":\"#/$defs/n\"},\"$defs\":{\"n\":{\"type\":\"integer\"}}}";

    private static final RequestCheck CHECK =
            RequestCheck.of(
                    new RequestShape(
                            List.of(
                                    query(
                                            "page",
                                            Form.PLAIN,
                                            "{\"type\":\"integer\",\"minimum\":1}"),
                                    query("ratio", Form.PLAIN, "{\"type\":\"number\"}"),
                                    query("open", Form.PLAIN, "{\"type\":\"boolean\"}"),
                                    query(
                                            "text",
                                            Form.PLAIN,
                                            "{\"type\":\"string\",\"maxLength\":4}"),
                                    query(
                                            "either",
                                            Form.PLAIN,
                                            "{\"anyOf\":[{\"type\":\"integer\"},{\"const\":\"all\"}]}"),
                                    query("tag", Form.REPEATED, NUMBERS),
                                    query("ids", Form.LIST, NUMBERS),
                                    query("pair", Form.PAIRS, COLOUR),
                                    query("colour", Form.FIELDS, COLOUR),
                                    new RequestShape.Parameter(
                                            "X-Ids",
                                            In.HEADER,
                                            Form.LIST,
                                            false,
                                            NUMBERS,
                                            Optional.empty()),
                                    new RequestShape.Parameter(
                                            "X-Colour",
                                            In.HEADER,
                                            Form.ASSIGNMENTS,
                                            false,
                                            COLOUR,
                                            Optional.empty())),
                            Map.of(),
                            Set.of(),
                            false,
                            Optional.empty(),
                            AnswerShape.OPEN));

    private static RequestShape.Parameter query(String name, Form form, String schema) {
        return new RequestShape.Parameter(name, In.QUERY, form, false, schema, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    page=1 | fits
                    page=0 | query page: minimum
                    page=01 | query page: type
                    page=+1 | query page: type
                    page=1e0 | query page: type
                    page= | query page: type
                    page=1&page=1 | query page: repeated
                    ratio=-0.5 | fits
                    ratio=.5 | query ratio: type
                    open=true | fits
                    open=TRUE | query open: type
                    text=1234 | fits
                    text=true | fits
                    text=12345 | query text: maxLength
                    either=1 | fits
                    either=all | fits
                    either=some | query either: anyOf
                    tag=1&tag=2 | fits
                    tag=1&tag=b | query tag/1: type
                    tag=1&tag=2&tag=3 | query tag: maxItems
                    ids=1,2 | fits
                    ids=1,b | query ids/1: type
                    ids=1&ids=2 | query ids: repeated
                    ids=1%2C2 | query ids: style
                    pair=r,255,name,red | fits
                    pair=r,256 | query pair/r: maximum
                    pair=r,1,r,2 | query pair: style
                    pair=r | query pair: style
                    pair=g,1 | query pair/g: additionalProperties
                    r=1&name=2 | fits
                    name=red | query colour/r: required
                    r=1&r=2 | query r: repeated
                    g=1 | query g: undeclared
                    colour=1 | query colour: undeclared
                    """)
    void aQueryIsReadInItsStyle(String query, String said) {
        assertThat(said(query, Map.of())).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    X-Ids    | 1, 2        | fits
                    X-Ids    | 1,b         | header X-Ids/1: type
                    X-Colour | r=1,name=a  | fits
                    X-Colour | r=1,name    | header X-Colour: style
                    X-Other  | anything    | fits
                    """)
    void aHeaderIsReadInItsStyle(String name, String value, String said) {
        assertThat(said("", Map.of(name, value))).isEqualTo(said);
    }

    private static String said(String query, Map<String, String> headers) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.computeIfAbsent(parts[0], _ -> new ArrayList<>())
                    .add(parts[1].replace("%2C", ","));
        }
        RequestParts parts =
                new RequestParts(
                        "/a?" + query,
                        Map.of(),
                        values,
                        name -> Optional.ofNullable(headers.get(name)).stream().toList());
        return CHECK.parameters(parts) instanceof Verdict.Broken broken ? broken.said() : "fits";
    }
}
