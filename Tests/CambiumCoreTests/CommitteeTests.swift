import Foundation
import Testing

@testable import CambiumCore

@Suite struct CommitteeTests {
  private let workers = WorkerPool(threads: 1)

  @Test func aCommitteeOfOneBySeedsIsTheLearnersOwnModel() throws {
    let data = CommitteeSamples.line(40)
    let learner = LineLearner(shift: 1)
    let own = try learner.fit(data, validation: nil, in: CommitteeSamples.context())
    let committee = try CommitteeSamples.fit(learner, .seeds, members: 1, to: data)
    #expect(try (committee.predictor as? CommitteeModel<Line>)?.members == [#require(own.predictor as? Line)])
    let outputs = committee.predictor.outputs(for: data.features, workers: workers)
    #expect(outputs == own.predictor.outputs(for: data.features, workers: workers))
  }

  @Test(arguments: CommitteeKind.allCases)
  func theAnswerIsTheMeanWhateverTheMembersOrder(_ kind: CommitteeKind) throws {
    let data = CommitteeSamples.line(40)
    let fit = try CommitteeSamples.fit(LineLearner(shift: 1), kind, to: data)
    let model = try #require(fit.predictor as? CommitteeModel<Line>)
    #expect(Set(model.members.map(\.constant)).count == 5, "every member has random numbers of its own")
    let slope = model.members.reduce(0) { $0 + $1.slope } / 5
    let constant = model.members.reduce(0) { $0 + $1.constant } / 5
    let turned = try #require(CommitteeModel(members: Array(model.members.reversed())))
    let outputs = model.outputs(for: data.features, workers: workers)
    let others = turned.outputs(for: data.features, workers: workers)
    for i in 0..<data.sampleCount {
      #expect(abs(outputs[i, 0] - slope * data.features[i, 0] - constant) < 1e-12)
      #expect(abs(outputs[i, 0] - others[i, 0]) < 1e-12)
    }
    #expect(model.size == ModelSize(inputs: 1, outputs: 1, units: 15, connections: 10, depth: 1))
  }

  @Test(arguments: [CommitteeKind.bagging, .folds])
  func whatAMemberLeftOutItDidNotLearn(_ kind: CommitteeKind) throws {
    for data in [CommitteeSamples.line(60), CommitteeSamples.classes(60)] {
      let fit = try CommitteeSamples.fit(Memoriser(), kind, to: data)
      let heldOut = try #require(fit.heldOut)
      #expect(heldOut.outputs.values.allSatisfy { $0 == Memoriser.unknown })
      let members = try #require((fit.predictor as? CommitteeModel<Memory>)?.members)
      let someLeftOut = data.features.values.filter { x in members.contains { !$0.inputs.contains(x) } }
      #expect(heldOut.data.features.values == someLeftOut)
      if kind == .folds { #expect(heldOut.data.sampleCount == 60, "each sample is left out once") }
    }
  }

  @Test func aBagWeighsAsMuchAsTheSamplesAndHasEveryClass() throws {
    let data = CommitteeSamples.classes(12)
    let fit = try CommitteeSamples.fit(Memoriser(), .bagging, members: 20, to: data)
    for member in try #require((fit.predictor as? CommitteeModel<Memory>)?.members) {
      let weights = try #require(member.weights)
      #expect(Set(member.inputs).count == member.inputs.count, "copies are weights, not rows")
      for index in 0..<3 {
        let own = zip(member.targets.column(index), weights).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(own == 4)
      }
    }
  }

  @Test func seedsLearnAllAndEstimateNothing() throws {
    let data = CommitteeSamples.line(30)
    let fit = try CommitteeSamples.fit(Memoriser(), .seeds, to: data)
    let model = try #require(fit.predictor as? CommitteeModel<Memory>)
    #expect(model.members.allSatisfy { $0.targets == data.targets && $0.weights == nil })
    #expect(fit.heldOut == nil && model.residuals == nil)
    #expect(try model.intervals(for: data.features, level: 0.5, workers: workers) == nil)
  }

  @Test func samplesThatTheCallerKeptApartAreTheEstimate() throws {
    let kept = CommitteeSamples.line(7, seed: 4)
    let fit = try Committee(of: LineLearner(shift: 1))
      .fit(CommitteeSamples.line(30), validation: kept, in: CommitteeSamples.context())
    let heldOut = try #require(fit.heldOut)
    #expect(heldOut.data.features == kept.features)
    #expect(heldOut.outputs == fit.predictor.outputs(for: kept.features, workers: workers))
    var spec = CommitteeSpec()
    spec.kind = .seeds
    let seeds = try Committee(spec: spec, of: LineLearner(shift: 1))
      .fit(CommitteeSamples.line(30), validation: kept, in: CommitteeSamples.context())
    let residuals = try #require((seeds.predictor as? CommitteeModel<Line>)?.residuals)
    #expect(residuals.groups.map(\.members) == [[0, 1, 2, 3, 4]])
    let said = try #require(seeds.heldOut).outputs.values
    #expect(residuals.groups[0].residuals.values == zip(said, kept.targets.values).map { abs($0 - $1) })
  }

  @Test(arguments: CommitteeKind.allCases)
  func theNumberOfThreadsChangesNoByte(_ kind: CommitteeKind) throws {
    let models = try [1, 2, 4].map { threads in
      let fit = try CommitteeSamples.fit(
        LineLearner(shift: 1), kind, members: 7, to: CommitteeSamples.line(50), threads: threads)
      return try JSONEncoder.sorted.encode(#require(fit.predictor as? CommitteeModel<Line>))
    }
    #expect(models[0] == models[1] && models[0] == models[2])
  }

  @Test func reportsAreSummedAndSayWhoDecided() throws {
    let fit = try CommitteeSamples.fit(LineLearner(), .folds, members: 3, to: CommitteeSamples.line(30))
    #expect(fit.report.epochs == 3 && fit.report.stopReason == .converged)
    #expect(fit.report.decisions.count == 4)
    #expect(fit.report.decisions[1].hasPrefix("member 2: a slope of"))
    #expect(fit.report.decisions[3] == "30 of 30 samples were left out by a member")
  }

  @Test func aSpecOutOfRangeIsRefused() throws {
    for (key, change) in [
      ("committee.members", { (spec: inout CommitteeSpec) in spec.members = 0 }),
      ("committee.members", { $0.members = 1001 }), ("committee.mixedSamples", { $0.mixedSamples = 101 }),
      ("committee.members", { ($0.members, $0.kind) = (1, .folds) }),
    ] {
      var spec = CommitteeSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try Committee(spec: spec, of: LineLearner()) }
      #expect(error?.location.column == key)
    }
    #expect(throws: InputError.self) {
      try CommitteeSamples.fit(LineLearner(), .folds, members: 5, to: CommitteeSamples.line(4))
    }
    #expect(throws: InputError.self) {
      try CommitteeSamples.fit(LineLearner(), .bagging, to: CommitteeSamples.line(0))
    }
  }

  @Test(arguments: [CommitteeKind.bagging, .folds, .seeds])
  func aCondensedModelSaysWhatTheCommitteeSays(_ kind: CommitteeKind) throws {
    let data = CommitteeSamples.line(40)
    var spec = CommitteeSpec()
    spec.kind = kind
    let whole = try Committee(spec: spec, of: LineLearner()).fit(
      data, validation: nil, in: .init(random: .init(seed: 1)))
    spec.condense = true
    let single = try Committee(spec: spec, of: LineLearner()).fit(
      data, validation: nil, in: .init(random: .init(seed: 1)))
    #expect(single.predictor is Line)
    let outputs = single.predictor.outputs(for: data.features, workers: workers)
    let expected = whole.predictor.outputs(for: data.features, workers: workers)
    for i in 0..<40 { #expect(abs(outputs[i, 0] - expected[i, 0]) < 1e-10, "a line follows a mean of lines") }
    #expect(single.heldOut?.outputs == whole.heldOut?.outputs, "the estimate is the committee's")
    #expect(single.report.epochs == whole.report.epochs + 1)
  }

  @Test func mixedSamplesLieBetweenSamples() throws {
    let data = CommitteeSamples.classes(30)
    let teacher = try CommitteeSamples.fit(Memoriser(), .seeds, to: data).predictor
    let fit = try Condensation(of: teacher, mixedSamples: 3)
      .fit(Memoriser(), to: data, in: CommitteeSamples.context())
    let lesson = try #require(fit.predictor as? Memory)
    #expect(Array(lesson.inputs.prefix(30)) == data.features.values)
    #expect(lesson.inputs.count == 120)
    #expect(lesson.inputs.allSatisfy { (0...29).contains($0) })
    #expect(lesson.inputs.dropFirst(30).contains { $0 != $0.rounded() })
  }
}

extension JSONEncoder {
  static var sorted: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return encoder
  }
}
