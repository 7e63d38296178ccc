using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.SetOutput</c>: gives an output of the whole instance a value; a parent that waits gets it.</summary>
[Activity("Primitives", "Gives an output of the workflow a value.", Type = "Elsa.SetOutput", Chinese = "设置输出")]
public sealed class SetOutput : Activity
{
    [Input("The output's name.", Chinese = "输出名", Hint = UiHints.OutputPicker)]
    public required string OutputName { get; init; }

    [Input("The value.", Chinese = "值", Hint = UiHints.MultiLine)]
    public JsonElement OutputValue { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Task.FromResult<ActivityResult>(new Completed(Done) { Deeds = [new AssignOutput(OutputName, OutputValue)] });
}
