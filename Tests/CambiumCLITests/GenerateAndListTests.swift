import Foundation
import Testing

@Test func generatedTablesComeFromTheirSeed() throws {
  let place = try Workplace()
  let one = try place.run("generate", "friedman1", "--rows", "50", "--seed", "1")
  #expect(one.status == 0)
  #expect(one.errors.isEmpty)
  #expect(one.output.split(separator: "\n").count == 51)
  #expect(try place.run("generate", "friedman1", "--rows", "50", "--seed", "1").output == one.output)
  #expect(try place.run("generate", "friedman1", "--rows", "50", "--seed", "2").output != one.output)
}

@Test(arguments: [
  "two-spirals", "two-spirals-shifted", "parity", "friedman1", "friedman2", "friedman3",
  "chess-board", "rings", "noisy-spirals",
])
func everyTaskOfTheContractIsThereAndListed(_ task: String) throws {
  let place = try Workplace()
  #expect(try place.run("generate", task, "--rows", "20", "--seed", "1").status == 0)
  #expect(try place.run("list", "tasks").output.contains("\n\(task) ") || task == "two-spirals")
}

@Test func listsNameWhatThereIs() throws {
  let place = try Workplace()
  let learners = try place.run("list", "learners").output
  #expect(learners.hasPrefix("grown "))
  for name in [
    "mlp", "cnn", "rnn", "autoencoder", "rbm", "dbn", "boltzmann", "dbm", "dsn", "ngram", "snapshots",
    "hybrid",
  ] {
    #expect(learners.contains("\n\(name) "))
  }
  let activations = try place.run("list", "activations").output
  for words in [
    "\nmexicanHat  (1 - z^2) exp(-z^2/2), in -0.446...1\n", "\nsigmoid        logistic, tanh, arctan\n",
  ] {
    #expect(activations.contains(words), "\(activations)")
  }
  #expect(try place.run("list", "experiments").status == 0)
}
