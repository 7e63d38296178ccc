using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>How the kernel's control flow shows itself in the catalog.</summary>
internal static class KernelActivities
{
    private const string Group = "Control flow";

    public static ImmutableArray<ActivityDescriptor> Descriptors { get; } =
    [
        Of(Flowchart.Type, "流程图", "Activities joined by lines.") with { IsContainer = true },
        Of(Sequence.Type, "顺序", "Activities one after the other.") with { IsContainer = true },
        Of(If.Type, "条件", "Runs one of two branches.", [Activity.Done, "True", "False"], Input<bool>("Condition", "Which branch runs."))
            with { Embedded = ["then", "else"], Outputs = [new OutputDescriptor("Result", typeof(bool), "What the condition was.", "结果")] },
        Of(While.Type, "当…循环", "Repeats its body while the condition is true.", null, Input<bool>("Condition", "Evaluated before each round."))
            with { Embedded = ["body"] },
        Of(ForEach.Type, "逐项循环", "Runs its body once for each item.", null, Input<JsonElement>("Items", "A list."))
            with { Embedded = ["body"], Outputs = [new OutputDescriptor("CurrentValue", typeof(JsonElement), "The item of this round.", "当前项")] },
        Of(FlowDecision.Type, "判断", "Leaves by True or False.", ["True", "False"], Input<bool>("Condition", "Which way to go.")),
        Of(FlowSwitch.Type, "分支", "Leaves by the first true case, or by all.", [FlowSwitch.Otherwise],
            Input<JsonElement>("Cases", "Labels and conditions.", isPlain: true) with { Hint = UiHints.FlowSwitchEditor },
            Input<string>("Mode", "MatchFirst or MatchAny.") with { Options = ["MatchFirst", "MatchAny"], Default = "MatchFirst" }),
        Of(FlowFork.Type, "并行分叉", "Leaves by all branches at once.", null, Input<JsonElement>("Branches", "The names of the branches.") with { Hint = UiHints.DynamicOutcomes }),
        Of(FlowJoin.Type, "汇合", "Joins branches: WaitAll, WaitAllActive or WaitAny.", null, Input<string>("Mode", "When it goes on.") with { Options = ["WaitAll", "WaitAllActive", "WaitAny"], Default = "WaitAny" })
    ];

    private static ActivityDescriptor Of(string type, string chinese, string description, string[]? outcomes = null, params InputDescriptor[] inputs) => new()
    {
        Type = type,
        Name = type["Elsa.".Length..],
        Category = Group,
        Chinese = chinese,
        Description = description,
        Outcomes = [.. outcomes ?? [Activity.Done]],
        Inputs = [.. inputs]
    };

    private static InputDescriptor Input<T>(string name, string description, bool isPlain = false) =>
        new(name, typeof(T), description, null, false, isPlain);
}
