namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.Cron</c>: starts an instance at each moment of a cron expression; inside one it waits for the next moment of a cron expression (seconds first, Asia/Shanghai).</summary>
[Activity("Scheduling", "Waits for the next moment of a cron expression.", Type = "Elsa.Cron", Chinese = "Cron 定时", Waits = true, IsTrigger = true)]
public sealed class Cron : Activity
{
    [Input("Six or seven fields, seconds first: 0 10 0 1 * ? is 00:10 on day 1 of each month.", Chinese = "Cron 表达式", Hint = UiHints.SingleLine)]
    public required string CronExpression { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        if (context.Trigger is not null)
        {
            return Complete();
        }

        try
        {
            return Schedule.Cron(CronExpression).Next(context.Now, context.Now) is { } due
                ? Wait(until: due)
                : Fault("cron.noMoment", $"'{CronExpression}' has no further moment.");
        }
        catch (FormatException wrong)
        {
            return Fault("cron.invalid", $"'{CronExpression}' is not a cron expression of six or seven fields: {wrong.Message}");
        }
    }

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Complete();
}
