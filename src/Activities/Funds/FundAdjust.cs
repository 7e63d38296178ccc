using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Funds;

/// <summary>Gives an account money by a document, or sets the base of the 1 % cap: proposed by one person, approved by another (P24 step 2, INV-03).</summary>
/// <remarks>An amount above the cap is refused before anyone is asked. Money that comes is announced to the waiting list.</remarks>
[ChangesRecords]
[Activity("Relief Funds", "Gives money to a fund account by two people, within the cap.", Chinese = "资金下达", Waits = true, Approves = true)]
[Outcomes("Posted", "CapExceeded", "RuleViolation", "Rejected")]
public sealed class FundAdjust : Activity
{
    private const string CapBase = "CapBase";

    [Input("The county.", Chinese = "县")]
    public required string CountyCode { get; init; }

    [Input("Allocate, Adjust or CapBase.", Chinese = "类别")]
    public required string Kind { get; init; }

    [Input("The account; none for the cap base.", Chinese = "资金账户")]
    public string? AccountId { get; init; }

    [Input("The year of the cap base.", Chinese = "年度")]
    public int? FiscalYear { get; init; }

    [Input("Yuan.", Chinese = "金额")]
    public required decimal Amount { get; init; }

    [Input("The document.", Chinese = "文号")]
    public required string Document { get; init; }

    [Input("Who proposes it: never who approves it.", Chinese = "经办人")]
    public required string By { get; init; }

    [Output("Why it is refused.", Chinese = "原因")]
    public string Reason { get; private set; } = "";

    /// <summary>The event that money has come to a county's accounts.</summary>
    public static string MoneyCame(string countyCode) => "funds:" + countyCode;

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        if (await Refusal(db, cancellationToken) is { } outcome)
            return new Completed(outcome);
        var deadline = await new Deadlines(db).WorkingDays(5, CountyCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("task", new HumanTask
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"审批资金 {AccountId ?? CapBase} {Amount:0.00}"),
            Kind = "fund.approve",
            Role = ReliefRoles.CountyOfficer,
            Unit = CountyCode,
            Excluded = [By],
            Subject = "fund:" + (AccountId ?? CountyCode),
            Outcomes = ["Approved", "Rejected"],
            Form = [new FormField("reason", "理由", "string", ["Rejected"])],
            Data = Json(new { Kind, AccountId, Amount, Document, by = By })
        })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [ActivityDeeds.Tell("task.remind", "K", CountyCode, new { document = Document })] };
        var answer = Answer.From(wakeup);
        Reason = answer.Reason ?? "";
        if (answer.Decision != "Approved" || answer.By == By)
            return new Completed("Rejected");

        await using var db = ReliefDbContext.Over(context.Records);
        var deed = context.DeedOf("post", answer.By);
        return Kind == CapBase ? await SetCap(db, deed, cancellationToken) : await Post(db, deed, cancellationToken);
    }

    private async Task<string?> Refusal(ReliefDbContext db, CancellationToken cancellationToken)
    {
        if (Kind == CapBase)
            return FiscalYear is null || Amount <= 0 ? "RuleViolation" : null;
        var account = await db.Set<FundAccount>().FirstOrDefaultAsync(row => row.Id == AccountId, cancellationToken);
        if (account is null)
            return "RuleViolation";
        var cap = await new FundQueries(db).Cap(account.CountyCode, account.FiscalYear, cancellationToken);
        return account.Kind == FundKind.F3 && cap.Appropriated + Amount > cap.Cap ? "CapExceeded" : null;
    }

    private async Task<ActivityResult> Post(ReliefDbContext db, Deed deed, CancellationToken cancellationToken)
    {
        var book = new FundBook(db);
        var result = Kind == "Adjust"
            ? await book.Adjust(AccountId!, Amount, Document, deed, cancellationToken)
            : await book.Allocate(AccountId!, Amount, Document, deed, cancellationToken);
        return result switch
        {
            FundResult.Posted => new Completed("Posted") { Send = [Message.Of(new EventPublished(MoneyCame(CountyCode), null, Json(new { accountId = AccountId, amount = Amount })))] },
            FundResult.CapExceeded => new Completed("CapExceeded"),
            _ => new Completed("RuleViolation")
        };
    }

    // The base may be cut below what exists: nothing is clawed back, and the county gets a red alert (X04).
    private async Task<ActivityResult> SetCap(ReliefDbContext db, Deed deed, CancellationToken cancellationToken)
    {
        var cap = new FundCap
        {
            Id = $"{CountyCode}-{FiscalYear}", CountyCode = CountyCode, FiscalYear = FiscalYear!.Value, CapBase = Amount, Document = Document, UpdatedAt = deed.At
        };
        var position = await new FundBook(db).SetCapBase(cap, deed, cancellationToken);
        return new Completed("Posted")
        {
            Send = position.AboveCap
                ? [ActivityDeeds.Tell("fund.aboveCap", "K", CountyCode, new { year = FiscalYear, cap = position.Cap, appropriated = position.Appropriated, used = position.Used })]
                : []
        };
    }
}
