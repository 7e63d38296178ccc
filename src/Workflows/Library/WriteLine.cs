using Microsoft.Extensions.Logging;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.WriteLine</c>: writes a line to the log, without the values of variables in other fields.</summary>
[Activity("Primitives", "Writes a line to the log.", Type = "Elsa.WriteLine", Chinese = "写日志")]
public sealed class WriteLine(ILogger<WriteLine> log) : Activity
{
    [Input("What to write.", Chinese = "文本", Hint = UiHints.MultiLine)]
    public string? Text { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        Log.LineWritten(log, context.InstanceId, context.ActivityId, Text?.Length ?? 0);
        return Complete();
    }
}
