package io.registrykit.interop.conformance;

import java.io.IOException;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a suite wrote into its JUnit report.
 *
 * @param passed how many checks passed
 * @param failed how many failed, errors included
 * @param skipped how many the suite gave up, because the registry does not support them
 * @param disabled how many were not asked for
 */
record SuiteReport(int passed, int failed, int skipped, int disabled) {

  /** The new suite counts groups of checks too, so the figures are those that it prints. */
  static SuiteReport ofCounts(Path junit) throws IOException {
    Element root = parse(junit).getDocumentElement();
    int failed = count(root, "failures") + count(root, "errors");
    int skipped = count(root, "skipped");
    int disabled = count(root, "disabled");
    int passed = count(root, "tests") - failed - skipped - disabled;
    return new SuiteReport(passed, failed, skipped, disabled);
  }

  /** The suite of the 1.1 releases has one entry for each specification, and some for itself. */
  static SuiteReport ofSpecs(Path junit) throws IOException {
    NodeList cases = parse(junit).getElementsByTagName("testcase");
    int passed = 0;
    int failed = 0;
    int disabled = 0;
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      if (has(test, "failure") || has(test, "error")) {
        failed++;
      } else if (has(test, "skipped")) {
        disabled++;
      } else if (test.getAttribute("name").startsWith("[It]")) {
        passed++;
      }
    }
    return new SuiteReport(passed, failed, 0, disabled);
  }

  private static int count(Element root, String attribute) {
    String value = root.getAttribute(attribute);
    return value.isEmpty() ? 0 : Integer.parseInt(value);
  }

  private static boolean has(Element test, String child) {
    return test.getElementsByTagName(child).getLength() > 0;
  }

  private static Document parse(Path junit) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(junit.toFile());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("not a JUnit report: " + junit, e);
    }
  }
}
