import CambiumLab
import CambiumStatistics
import Foundation
import FoundationXML
import Testing

/// Counts the elements of a document and joins its texts.
private final class Listener: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  var thickLines = 0
  var texts: [String] = []
  private var isInText = false

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    counts[element, default: 0] += 1
    if element == "line", attributes["stroke-width"] == "4" { thickLines += 1 }
    isInText = element == "text"
    if isInText { texts.append("") }
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
  ) { isInText = false }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if isInText, let last = texts.indices.last { texts[last] += text }
  }
}

private func drawn(_ comparison: LearnerComparison) throws -> Listener {
  let svg = CriticalDifferenceDiagram(of: comparison).svg
  #expect(!svg.contains("nan") && !svg.contains("inf"))
  let listener = Listener()
  let parser = XMLParser(data: Data(svg.utf8))
  parser.delegate = listener
  #expect(parser.parse(), "\(String(describing: parser.parserError))")
  return listener
}

@Suite struct CriticalDifferenceDiagramTests {
  /// Scores of `count` learners on nine data sets; learner by learner a little worse.
  private func scores(_ count: Int) -> [[Double?]] {
    (0..<9).map { data in
      (0..<count).map { learner -> Double? in
        let wave: Int = (data * 5 + learner * 7) % 11
        return Double(learner) + 0.4 * Double(wave)
      }
    }
  }

  @Test func everyLearnerHasItsNameAndLineAndEveryCliqueItsBar() throws {
    for count in [2, 3, 5, 12, 40] {
      let names = (0..<count).map { "learner <\($0)> & \"more\"" }
      let comparison = try LearnerComparison(scores: scores(count), learners: names, draws: 10)
      let drawing = try drawn(comparison)
      for name in names { #expect(drawing.texts.count { $0 == name } == 1, "\(name)") }
      #expect(drawing.counts["polyline"] == count)
      #expect(drawing.thickLines == comparison.cliques.count)
    }
  }

  @Test func degenerateComparisonsAreDrawn() throws {
    let same = try LearnerComparison(scores: [[1, 1, 1], [2, 2, 2]], learners: ["a", "b", "c"])
    #expect(try drawn(same).thickLines == 1)
    let single = try drawn(LearnerComparison(scores: [[1, 2, 3]], learners: ["a", "b", "c"]))
    #expect(single.texts.contains { $0.hasPrefix("CD = ") && $0.contains("longer than the axis") })
    let long = String(repeating: "a very long name ", count: 20)
    _ = try drawn(LearnerComparison(scores: scores(2), learners: [long, ""]))
  }
}
