using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.Composite</c>: runs its <c>root</c> and leaves by <c>Done</c>, or by what an <c>Elsa.Complete</c> inside it says.</summary>
internal static class Composite
{
    public const string Type = "Elsa.Composite";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs) => FlowBody.Run(turn, frame, "root");
}
