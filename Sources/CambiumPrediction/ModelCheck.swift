/// What must hold between the parts of a model beside what each part sees to itself.
enum ModelCheck {
  /// Throws an `InputError` where the network and the preprocessing belong to different models, or a figure
  /// cannot be.
  static func run(on model: Model, tasksOfPredictor tasks: [Task]) throws {
    try checkFit(of: model, tasksOfPredictor: tasks)
    let tolerance = model.provenance.tolerance
    guard tolerance > 0 else {
      throw InputError(
        .content, at: .init(column: "provenance.tolerance"), found: "\(tolerance)",
        expected: "a number above 0")
    }
    guard case .numbers(let targets) = model.preprocessing.target else { return }
    for (index, target) in targets.enumerated() where target.minimum > target.maximum {
      throw InputError(
        .content, at: .init(column: "preprocessing.target.numbers[\(index)].minimum"),
        found: numberText(target.minimum),
        expected: "a number up to the maximum, \(numberText(target.maximum))")
    }
  }

  private static func checkFit(of model: Model, tasksOfPredictor tasks: [Task]) throws {
    let size = model.predictor.size
    let inputs = model.preprocessing.features.count
    let outputs = model.preprocessing.target.outputCount
    let isOfOtherTask = tasks.contains { $0 != model.preprocessing.task }
    guard size.inputs == inputs, size.outputs == outputs, !isOfOtherTask else {
      throw InputError(
        .content, at: .init(column: "predictor"),
        found: "a network of \(size.inputs) inputs and \(size.outputs) outputs"
          + (isOfOtherTask ? " for another task" : ""),
        expected: "\(inputs) inputs and \(outputs) outputs, as the preprocessing has")
    }
  }
}
