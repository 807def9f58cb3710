import CambiumCore
import Testing

@testable import CambiumExport

/// A text that is not JSON, and where the trouble must be seen.
private let broken: [(text: String, line: Int, column: Int)] = [
  ("", 1, 1), ("  \n ", 2, 2), ("{", 1, 2), ("[1,2", 1, 5), ("nonsense", 1, 1), ("{\"a\":1,,}", 1, 8),
  ("{\"a\"\n:1}\n]", 3, 1), ("{\"a\":\"cut", 1, 10), ("[1,\n2,\n1e999]", 3, 1), ("{a:1}", 1, 2),
  ("[tru]", 1, 2),
  ("[1 2]", 1, 4), ("{\"a\":\"b\nc\"}", 1, 8), ("\u{0}", 1, 1), ("[--1]", 1, 2), ("{\"a\":}", 1, 6),
  (String(repeating: "[", count: 600), 1, 513), ("[\"a\\ud800\"]", 1, 4), ("\"\\udc00\\ud800\"", 1, 2),
  ("\"\\u12g4\"", 1, 2),
]

@Test(arguments: broken.indices)
func troubleIsFoundWhereItIs(_ index: Int) throws {
  let (text, line, column) = broken[index]
  let trouble = try #require(JSONSyntax.firstTrouble(in: Array(text.utf8)))
  #expect(trouble.line == line && trouble.column == column, "\(text.prefix(20)): \(trouble)")
}

@Test(arguments: [
  "0", "null", "\"\\ud83d\\ude00 é\"", " [ ] ", "{}",
  "{\"a\" : [1, -2.5e-3, true, false, null, \"\\\"\\u00e9\"], \"b\":{}}\n",
  "[[[]]]",
  String(repeating: "[", count: 512) + String(repeating: "]", count: 512),
])
func soundTextHasNoTrouble(_ text: String) {
  #expect(JSONSyntax.firstTrouble(in: Array(text.utf8)) == nil)
}
