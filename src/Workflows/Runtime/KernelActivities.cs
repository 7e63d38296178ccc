using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>How the kernel's control flow shows itself in the catalog.</summary>
internal static class KernelActivities
{
    private const string Branching = "Branching";
    private const string Looping = "Looping";
    private const string Flow = "Flow";
    private const string Composition = "Composition";
    private const string Workflows = "Workflows";

    public static ImmutableArray<ActivityDescriptor> Descriptors { get; } = [.. Containers(), .. Choices(), .. Cycles(), .. Lines(), .. Ends()];

    private static IEnumerable<ActivityDescriptor> Containers() =>
    [
        Of(Flowchart.Type, Flow, "流程图", "Activities joined by lines.") with { IsContainer = true },
        Of(Sequence.Type, Workflows, "顺序", "Activities one after the other.") with { IsContainer = true },
        Of(Together.Type, Workflows, "并行", "Activities all at the same time; goes on when all have ended.") with { IsContainer = true },
        Of(Fork.Type, Branching, "并行分支", "Branches at the same time; goes on with all, or with the first.", null,
            Input<string>("JoinMode", "When it goes on.", isPlain: true) with { Hint = UiHints.Dropdown, Options = ["WaitAll", "WaitAny"], Default = "WaitAll" })
            with { IsContainer = true, IsBrowsable = false },
        Of(Composite.Type, Workflows, "组合", "Runs one activity that holds others; Complete ends it early.", [Activity.Done, "*"]) with { Embedded = ["root"], IsBrowsable = false },
        Of(FlowBody.Type, Flow, "节点", "Runs the activity inside it.") with { Embedded = ["body"] }
    ];

    private static IEnumerable<ActivityDescriptor> Choices() =>
    [
        Of(If.Type, Branching, "条件", "Runs one of two branches.", [Activity.Done, "True", "False"], Condition("Which branch runs."))
            with { Embedded = ["then", "else"], Outputs = [new OutputDescriptor("Result", typeof(bool), "What the condition was.", "结果")] },
        Of(Switch.Type, Branching, "多路选择", "Runs the activity of the first true case, or of all.", null,
            Input<JsonElement>("Cases", "Labels, conditions and what to run.", isPlain: true) with { Hint = UiHints.SwitchEditor }, Mode())
            with { Embedded = ["default"] },
        Of(FlowDecision.Type, Branching, "判断", "Leaves by True or False.", ["True", "False"], Condition("Which way to go.")),
        Of(FlowSwitch.Type, Branching, "分支", "Leaves by the first true case, or by all.", [FlowSwitch.Otherwise],
            Input<JsonElement>("Cases", "Labels and conditions.", isPlain: true) with { Hint = UiHints.FlowSwitchEditor }, Mode())
    ];

    private static IEnumerable<ActivityDescriptor> Cycles() =>
    [
        Of(While.Type, Looping, "当…循环", "Repeats its body while the condition is true.", null, Condition("Evaluated before each round.")) with { Embedded = ["body"] },
        Of(For.Type, Looping, "计数循环", "Runs its body for each number from start to end.", null,
            Input<long>("Start", "The first number.") with { Hint = UiHints.SingleLine, Default = 0 },
            Input<long>("End", "The last number.") with { Hint = UiHints.SingleLine, Default = 0 },
            Input<long>("Step", "How far it is from one number to the next.") with { Hint = UiHints.SingleLine, Default = 1 },
            Input<bool>("OuterBoundInclusive", "Whether the last number belongs to it.") with { Hint = UiHints.Checkbox, Default = true })
            with { Embedded = ["body"], Outputs = [Round<long>("CurrentValue", "The number of this round.", "当前值")] },
        Of(ForEach.Type, Looping, "逐项循环", "Runs its body once for each item, one after the other.", null, Items())
            with { Embedded = ["body"], Outputs = [Round<JsonElement>("CurrentValue", "The item of this round.", "当前项")] },
        Of(ParallelForEach.Type, Looping, "并行逐项", "Runs its body for all items at the same time.", null, Items())
            with
            {
                Embedded = ["body"],
                Outputs = [Round<JsonElement>("CurrentValue", "The item of this branch.", "当前项"), Round<int>("CurrentIndex", "Its position, from 0.", "当前序号")]
            },
        Of(Break.Type, Looping, "跳出循环", "Leaves the innermost loop.")
    ];

    private static IEnumerable<ActivityDescriptor> Lines() =>
    [
        Of(FlowFork.Type, Branching, "并行分叉", "Leaves by all branches at once.", null, Input<JsonElement>("Branches", "The names of the branches.") with { Hint = UiHints.DynamicOutcomes }),
        Of(FlowJoin.Type, Branching, "汇合", "Joins branches: all, all that are under way, or the first.", null,
            Input<string>("Mode", "When it goes on.") with { Hint = UiHints.Dropdown, Options = ["WaitAll", "WaitAllActive", "WaitAny"], Default = "WaitAny" })
    ];

    private static IEnumerable<ActivityDescriptor> Ends() =>
    [
        Of(Complete.Type, Composition, "完成", "Ends the workflow, or the composite around it, by outcomes.", null,
            Input<JsonElement>("Outcomes", "The outcome or outcomes.") with { Hint = UiHints.OutcomePicker })
    ];

    private static ActivityDescriptor Of(string type, string category, string chinese, string description, string[]? outcomes = null, params InputDescriptor[] inputs) => new()
    {
        Type = type,
        Name = type["Elsa.".Length..],
        Category = category,
        Chinese = chinese,
        Description = description,
        Outcomes = [.. outcomes ?? [Activity.Done]],
        Inputs = [.. inputs]
    };

    private static InputDescriptor Condition(string description) => Input<bool>("Condition", description) with { Hint = UiHints.Checkbox };

    private static InputDescriptor Items() => Input<JsonElement>("Items", "A list.") with { Hint = UiHints.MultiText };

    private static InputDescriptor Mode() =>
        Input<string>("Mode", "The first true case, or all of them.") with { Hint = UiHints.RadioList, Options = ["MatchFirst", "MatchAny"], Default = "MatchFirst" };

    private static OutputDescriptor Round<T>(string name, string description, string chinese) => new(name, typeof(T), description, chinese);

    private static InputDescriptor Input<T>(string name, string description, bool isPlain = false) =>
        new(name, typeof(T), description, null, false, isPlain);
}
