package dev.ringwall.attack;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes a report as JUnit XML: a suite for each family, a case for each attack.
final class JunitReport {

    private JunitReport() {}

    static String render(Report report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "ringwall prove " + report.system());
            for (Family family : Family.values()) {
                List<Result> group =
                        report.results().stream()
                                .filter(result -> result.family() == family)
                                .toList();
                if (!group.isEmpty()) {
                    suite(xml, family, group);
                }
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException failed) {
            throw new IllegalStateException(failed);
        }
        return text + "\n";
    }

    private static void suite(XMLStreamWriter xml, Family family, List<Result> group)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", family.title());
        xml.writeAttribute("tests", Integer.toString(group.size()));
        xml.writeAttribute(
                "failures",
                Long.toString(
                        group.stream().filter(result -> !result.verdict().settled()).count()));
        for (Result result : group) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", family.title());
            xml.writeAttribute("name", result.name());
            xml.writeAttribute("time", seconds(result.took()));
            Verdict verdict = result.verdict();
            if (verdict instanceof Verdict.Accepted accepted) {
                xml.writeStartElement("skipped");
                xml.writeAttribute("message", readable("accepted by " + accepted.by()));
                xml.writeEndElement();
            } else if (!verdict.held()) {
                xml.writeStartElement("failure");
                xml.writeAttribute("type", verdict.word());
                xml.writeAttribute("message", readable(verdict.seen()));
                xml.writeCharacters(
                        readable(
                                result.story()
                                        + "\n"
                                        + result.line()
                                        + result.request()
                                                .map(request -> "\n" + request)
                                                .orElse("")));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }

    /// XML cannot hold most control characters, not even escaped.
    private static String readable(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
    }
}
