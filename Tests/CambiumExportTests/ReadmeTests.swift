import Cambium
import CambiumCore
import Testing

/// The lines of README.md that show how a program grows a network.
@Test func theProgramOfTheReadmeWorks() throws {
  let text = (0..<40).map { "\($0),\($0 * 7 % 11),\($0 * $0)" }.joined(separator: "\n")
  let table = try Table.parse("a,b,y\n" + text + "\n")
  let preprocessing = try Preprocessing.fit(to: table).preprocessing
  let data = try preprocessing.dataset(from: table)
  let context = FitContext(random: RandomStream(seed: 1), workers: WorkerPool(threads: 4))
  let network = try Grower().fit(data, validation: nil, in: context).predictor
  let outputs = network.outputs(for: try preprocessing.features(from: table), workers: context.workers)
  let answers = preprocessing.predictions(from: outputs)
  guard case .numbers(let names, let values) = answers else { throw Unexpected() }
  #expect(names == ["y"])
  #expect(values.rows == 40)
}

struct Unexpected: Error {}
