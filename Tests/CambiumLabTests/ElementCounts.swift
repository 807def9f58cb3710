import Foundation
import FoundationXML

/// How often each element occurs in a text of XML.
///
/// - Throws: The parser's error where the text is not well-formed.
func elementCounts(ofXML text: String) throws -> [String: Int] {
  let counter = ElementCounter()
  let parser = XMLParser(data: Data(text.utf8))
  parser.delegate = counter
  guard parser.parse() else { throw parser.parserError ?? CocoaError(.coderReadCorrupt) }
  return counter.counts
}

private final class ElementCounter: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) { counts[name, default: 0] += 1 }
}
