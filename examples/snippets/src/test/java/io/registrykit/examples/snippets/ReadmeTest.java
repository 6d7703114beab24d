package io.registrykit.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows what is compiled and run here, to the letter. */
class ReadmeTest {
  private static final Path SOURCES = Path.of("src/test/java");
  private static final Path README = Path.of("../../README.md");
  private static final String START = "// snippet: ";
  private static final String END = "// end";

  @Test
  void showsEverySnippet() throws IOException {
    String readme = Files.readString(README);
    Map<String, String> snippets = snippets();
    assertThat(snippets).containsOnlyKeys("client", "embed", "serve", "tck");
    snippets.forEach(
        (name, code) -> assertThat(readme).as(name).contains("```java\n" + code + "```"));
  }

  @Test
  void linksToWhatIsThere() throws IOException {
    List<String> targets = new ArrayList<>();
    for (String part : Files.readString(README).split("\\]\\(", -1)) {
      int end = part.indexOf(')');
      if (end > 0 && !part.startsWith("http") && !part.startsWith("#")) {
        targets.add(part.substring(0, end).replaceAll("#.*", ""));
      }
    }
    assertThat(targets).contains("docs/api.md");
    for (String target : targets.subList(1, targets.size())) {
      assertThat(README.resolveSibling(target)).exists();
    }
  }

  private static Map<String, String> snippets() throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        collect(Files.readAllLines(file), snippets);
      }
    }
    return snippets;
  }

  private static void collect(List<String> lines, Map<String, String> snippets) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith(START)) {
        String indent = line.substring(0, line.indexOf(START));
        StringBuilder code = new StringBuilder();
        for (i++; !lines.get(i).strip().equals(END); i++) {
          String next = lines.get(i);
          code.append(next.startsWith(indent) ? next.substring(indent.length()) : next)
              .append('\n');
        }
        snippets.put(line.strip().substring(START.length()), code.toString());
      }
    }
  }
}
