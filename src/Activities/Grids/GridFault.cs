namespace Relief.Flow.Activities.Grids;

/// <summary>Why the grid cannot be so.</summary>
/// <param name="Code">A stable code, such as <c>grid.villageTaken</c>.</param>
/// <param name="Field">The field that it is about.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record GridFault(string Code, string Field, string Message);
