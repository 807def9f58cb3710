import CambiumCore
import Foundation
import Testing

@Suite struct ActivationSetTests {
  private static func decoded(_ json: String) throws -> ActivationSet {
    try JSONDecoder().decode(ActivationSet.self, from: Data(json.utf8))
  }

  private static func expectation(_ json: String) -> String {
    do {
      return "\(try decoded(json))"
    } catch DecodingError.dataCorrupted(let context) {
      return context.debugDescription
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: ActivationSet.Name.allCases)
  func aNameIsWrittenOutAsItsList(name: ActivationSet.Name) throws {
    let set = try Self.decoded("\"\(name.rawValue)\"")
    #expect(set == ActivationSet(name) && !set.functions.isEmpty)
    #expect(Set(set.functions).count == set.functions.count)
    let text = String(decoding: try JSONEncoder().encode(set), as: UTF8.self)
    #expect(text == "[" + set.functions.map { "\"\($0.rawValue)\"" }.joined(separator: ",") + "]")
    #expect(try Self.decoded(text) == set)
  }

  @Test func everythingIsAllAndEveryFunctionButTheRectifierIsOfAFamily() {
    #expect(ActivationSet.Name.everything.functions == Activation.allCases)
    let families: [ActivationSet.Name] = [.sigmoid, .trigonometric, .logarithmic, .polynomial, .radial]
    let ofFamilies = families.flatMap(\.functions)
    #expect(Set(ofFamilies).count == ofFamilies.count)
    #expect(Set(Activation.allCases).subtracting(ofFamilies) == [.relu])
  }

  @Test(arguments: [
    ("\"sigmod\"", "did you mean \"sigmoid\"?"), ("\"polynomials\"", "did you mean \"polynomial\"?"),
    ("\"tanh\"", "a list, [tanh], or the name of a set"), ("\"tnah\"", "or a list: [tanh]"),
    ("\"nothing-like-it\"", "a set that exists: \"full\", \"sigmoid\""),
    ("[\"tnah\"]", "expected a choice that exists: did you mean \"tanh\""),
    ("[\"nothing-like-it\"]", "expected one of \"logistic\", \"tanh\""),
  ])
  func aWrongNameIsToldWithWhatWasMeant(_ json: String, _ words: String) {
    #expect(Self.expectation(json).contains(words), "\(Self.expectation(json))")
  }
}
