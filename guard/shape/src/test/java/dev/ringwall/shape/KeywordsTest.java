package dev.ringwall.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each keyword with what it takes and what it refuses. Quotes are written `'` to be readable.
class KeywordsTest {

    /// A schema, bodies that fit, and bodies that do not with what is said about them.
    record Row(String schema, List<String> good, List<List<String>> bad) {
        @Override
        public String toString() {
            return schema;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                row(
                        "{'type':'integer'}",
                        good("1", "-1", "1.0", "1e2", "0"),
                        "1.5→type",
                        "'1'→type",
                        "true→type",
                        "null→type"),
                row("{'type':['string','null']}", good("'a'", "null"), "1→type", "{}→type"),
                row(
                        "{'type':'number','minimum':0.5,'exclusiveMaximum':2}",
                        good("0.5", "1.9999999999999999999"),
                        "0.4→minimum",
                        "2→exclusiveMaximum",
                        "2.0→exclusiveMaximum"),
                row("{'multipleOf':0.01}", good("1.1", "4.35", "0", "'a'"), "0.001→multipleOf"),
                row(
                        "{'multipleOf':7}",
                        good("14", "14.0", "-7"),
                        "15→multipleOf",
                        "7.5→multipleOf"),
                row(
                        "{'maximum':9007199254740993}",
                        good("9007199254740993"),
                        "9007199254740994→maximum"),
                row(
                        "{'exclusiveMinimum':99999999999999999999}",
                        good("99999999999999999999.5"),
                        "99999999999999999999→exclusiveMinimum",
                        "1→exclusiveMinimum"),
                row(
                        "{'minLength':2,'maxLength':3}",
                        good("'ab'", "'😀😀'", "'😀😀😀'", "5"),
                        "'a'→minLength",
                        "'😀'→minLength",
                        "'abcd'→maxLength"),
                row(
                        "{'pattern':'^[a-z0-9-]{1,4}$'}",
                        good("'a-1'"),
                        "''→pattern",
                        "'abcde'→pattern",
                        "'A'→pattern",
                        "'a\\n'→pattern"),
                row("{'pattern':'(a|ab)(c|bcd)(d*)'}", good("'xabcdx'"), "'b'→pattern"),
                row(
                        "{'enum':['a',1,null,{'x':[1]}]}",
                        good("'a'", "1", "1.0", "null", "{'x':[1.0]}"),
                        "'b'→enum",
                        "{'x':[2]}→enum",
                        "true→enum"),
                row("{'const':{'a':1,'b':2}}", good("{'b':2,'a':1}"), "{'a':1}→const"),
                row(
                        "{'type':'array','items':{'type':'integer'},'minItems':1,'maxItems':2}",
                        good("[1]", "[1,2]"),
                        "[]→minItems",
                        "[1,2,3]→maxItems",
                        "[1,'2']→/1: type"),
                row(
                        "{'prefixItems':[{'type':'string'}],'items':false}",
                        good("[]", "['a']"),
                        "['a',1]→/1: false",
                        "[1]→/0: type"),
                row(
                        "{'uniqueItems':true}",
                        good("[1,2,'1']", "[{'a':1},{'a':2}]"),
                        "[1,1.0]→uniqueItems",
                        "[{'a':1,'b':2},{'b':2,'a':1}]→uniqueItems",
                        "['a','a']→uniqueItems"),
                row(
                        "{'contains':{'const':1},'maxContains':1}",
                        good("[1]", "[2,1]"),
                        "[]→contains",
                        "[1,1]→contains"),
                row(
                        "{'properties':{'a':{'type':'string'}},'required':['a','b'],'additionalProperties':false}",
                        good(),
                        "{'a':'x'}→/b: required",
                        "{'a':'x','b':1}→/b: additionalProperties",
                        "{'a':1}→/a: type"),
                row(
                        "{'properties':{'a':{}},'patternProperties':{'^x-':{'type':'integer'}},'additionalProperties':{'type':'string'}}",
                        good("{'a':1,'x-b':2,'c':'d'}"),
                        "{'x-b':'2'}→/x-b: type",
                        "{'c':1}→/c: type"),
                row(
                        "{'minProperties':1,'maxProperties':2}",
                        good("{'a':1}"),
                        "{}→minProperties",
                        "{'a':1,'b':1,'c':1}→maxProperties"),
                row(
                        "{'propertyNames':{'maxLength':1}}",
                        good("{'a':1}"),
                        "{'ab':1}→/ab: propertyNames"),
                row(
                        "{'dependentRequired':{'a':['b']}}",
                        good("{}", "{'b':1}", "{'a':1,'b':1}"),
                        "{'a':1}→/b: dependentRequired"),
                row(
                        "{'dependentSchemas':{'a':{'required':['b']}}}",
                        good("{'a':1,'b':1}"),
                        "{'a':1}→/b: required"),
                row(
                        "{'allOf':[{'minimum':1},{'maximum':2}]}",
                        good("1", "2"),
                        "0→minimum",
                        "3→maximum"),
                row("{'anyOf':[{'type':'string'},{'minimum':2}]}", good("'a'", "2"), "1→anyOf"),
                row("{'oneOf':[{'minimum':1},{'minimum':2}]}", good("1"), "2→oneOf", "0→oneOf"),
                row("{'not':{'type':'string'}}", good("1"), "'a'→not"),
                row(
                        "{'if':{'required':['a']},'then':{'required':['b']},'else':{'required':['c']}}",
                        good("{'a':1,'b':1}", "{'c':1}"),
                        "{'a':1}→/b: required",
                        "{}→/c: required"),
                row(
                        "{'$ref':'#/$defs/n','$defs':{'n':{'properties':{'next':{'$ref':'#/$defs/n'},'v':{'type':'integer'}}}}}",
                        good("{'next':{'next':{'v':1}}}"),
                        "{'next':{'next':{'v':'1'}}}→/next/next/v: type"),
                row(
                        "{'allOf':[{'properties':{'a':{}}}],'properties':{'b':{}},'unevaluatedProperties':false}",
                        good("{'a':1,'b':1}"),
                        "{'c':1}→/c: unevaluatedProperties"),
                row(
                        "{'anyOf':[{'properties':{'a':{}},'required':['a']},{'properties':{'b':{}},'required':['b']}],'unevaluatedProperties':false}",
                        good("{'a':1}", "{'a':1,'b':1}"),
                        "{'a':1,'c':1}→/c: unevaluatedProperties"),
                row(
                        "{'not':{'properties':{'a':{'const':1}},'required':['a']},'unevaluatedProperties':false}",
                        good("{}"),
                        "{'a':2}→/a: unevaluatedProperties"),
                row(
                        "{'if':{'properties':{'a':{'const':1}},'required':['a']},'then':{'properties':{'b':{}}},'unevaluatedProperties':false}",
                        good("{'a':1,'b':1}", "{}"),
                        "{'a':2}→/a: unevaluatedProperties",
                        "{'b':2}→/b: unevaluatedProperties"),
                row(
                        "{'prefixItems':[{}],'unevaluatedItems':false}",
                        good("[1]"),
                        "[1,2]→/1: false"),
                row(
                        "{'discriminator':{'propertyName':'k','mapping':{'c':'#/$defs/c','d':'#/$defs/d'}},'oneOf':[{'$ref':'#/$defs/c'},{'$ref':'#/$defs/d'}],'unevaluatedProperties':false,'$defs':{'c':{'properties':{'k':{},'m':{'type':'integer'}}},'d':{'properties':{'k':{},'w':{}}}}}",
                        good("{'k':'c','m':1}", "{'k':'d','w':1}"),
                        "{'k':'c','w':1}→/w: unevaluatedProperties",
                        "{'k':'e'}→/k: discriminator",
                        "{'m':1}→/k: discriminator",
                        "{'k':'c','m':'1'}→/m: type",
                        "1→discriminator"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aKeywordTakesWhatItSaysAndRefusesTheRest(Row row) {
        BodyCheck check = BodyCheck.of(quoted(row.schema));
        for (String good : row.good) {
            assertThat(said(check, quoted(good))).as(good).isEqualTo("fits");
        }
        for (List<String> bad : row.bad) {
            assertThat(said(check, quoted(bad.get(0)))).as(bad.get(0)).isEqualTo(bad.get(1));
        }
    }

    @Test
    void aSchemaThatIsNoneIsABugOfItsWriter() {
        assertThatThrownBy(() -> BodyCheck.of("{\"type\":\"text\"}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BodyCheck.of("{\"$ref\":\"#/$defs/a\"}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BodyCheck.of("{\"format\":\"colour\"}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BodyCheck.of("[")).isInstanceOf(IllegalArgumentException.class);
    }

    static String said(BodyCheck check, String json) {
        return switch (check.check(json.getBytes(StandardCharsets.UTF_8))) {
            case Verdict.Fits() -> "fits";
            case Verdict.Broken broken -> broken.said();
        };
    }

    private static Row row(String schema, List<String> good, String... bad) {
        return new Row(
                schema, good, Stream.of(bad).map(each -> List.of(each.split("→", 2))).toList());
    }

    private static List<String> good(String... good) {
        return List.of(good);
    }

    static String quoted(String text) {
        return text.replace('\'', '"');
    }
}
