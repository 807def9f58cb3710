internal import CambiumCore
internal import CambiumExport

/// What `cambium_grow` is asked for beside its arrays.
struct GrowthRequest: Decodable {
  var columns: [String]?
  var targets: [String]?
  var classes: [String]?
  var spec: JSONValue?
  /// Keys of a committee's spec; nil for a single network.
  var committee: JSONValue?
  var seed: UInt64?
  var threads: Int?
  var data: String?

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case columns, targets, classes, spec, committee, seed, threads, data
  }

  /// The request of a JSON text; all defaults without one.
  ///
  /// - Throws: `InputError` for a key that is not known, or a value that does not fit.
  init(_ text: String?) throws {
    guard let text else { return }
    let value = try JSONArguments.decode(JSONValue.self, from: text, named: "request")
    guard case .object(let members) = value else {
      throw InputError(.usage, at: .init(file: "request"), found: "no object", expected: "a JSON object")
    }
    let known = CodingKeys.allCases.map(\.rawValue)
    if let key = members.keys.sorted().first(where: { !known.contains($0) }) {
      throw InputError(
        .usage, at: .init(file: "request"), found: "unknown key \"\(key)\"",
        expected: NearMiss.expectation("a key", for: key, among: known))
    }
    self = try JSONArguments.decode(GrowthRequest.self, from: text, named: "request")
    _ = try Threads.checked(threads ?? 1)
  }

  /// Reads a request; null is the same as no key.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    columns = try container.decodeIfPresent([String].self, forKey: .columns)
    targets = try container.decodeIfPresent([String].self, forKey: .targets)
    classes = try container.decodeIfPresent([String].self, forKey: .classes)
    spec = try container.decodeIfPresent(JSONValue.self, forKey: .spec)
    data = try container.decodeIfPresent(String.self, forKey: .data)
    seed = try container.decodeIfPresent(UInt64.self, forKey: .seed)
    threads = try container.decodeIfPresent(Int.self, forKey: .threads)
    committee = try container.decodeIfPresent(JSONValue.self, forKey: .committee)
  }
}

/// How many threads a caller may ask for.
enum Threads {
  /// The number itself, where it is one.
  static func checked(_ count: Int) throws -> Int {
    guard (1...1024).contains(count) else {
      throw InputError(.usage, found: "\(count) threads", expected: "a number from 1 to 1024")
    }
    return count
  }
}
