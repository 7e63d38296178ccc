using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.SetVariable</c>: gives a variable of the instance a value.</summary>
[Activity("Primitives", "Gives a variable a value.", Type = "Elsa.SetVariable", Chinese = "设置变量")]
public sealed class SetVariable : Activity
{
    [Input("The variable, as the designer's picker writes it.", Chinese = "变量", IsPlain = true, Hint = UiHints.VariablePicker)]
    public JsonElement Variable { get; init; }

    [Input("The value.", Chinese = "值", Hint = UiHints.MultiLine)]
    public JsonElement Value { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Variable.ValueKind == JsonValueKind.Object && Variable.TryGetProperty("id", out var id) && id.GetString() is { Length: > 0 } variable
            ? Task.FromResult<ActivityResult>(new Completed(Done) { Deeds = [new AssignVariable(variable, Value)] })
            : Fault("setVariable.noVariable", "Choose the variable that takes the value.");
}
