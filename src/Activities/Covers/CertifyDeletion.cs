using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Covers;

/// <summary>The supplier that left certifies within 30 calendar days that the personal data is returned or deleted (INV-26, PIPL art. 21).</summary>
/// <remarks>The county is told when it is late; the task stays until the certificate is there.</remarks>
[ChangesRecords]
[Activity("Relief Suppliers", "Waits for the certificate that personal data is deleted.", Chinese = "数据删除证明", Waits = true)]
public sealed class CertifyDeletion : Activity
{
    private const int Days = 30;

    [Input("The supplier.", Chinese = "服务主体")]
    public required string SupplierId { get; init; }

    [Input("The last day of its services.", Chinese = "最后服务日")]
    public required DateOnly LastDay { get; init; }

    [Output("The certificate.", Chinese = "证明编号")]
    public string Certificate { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var supplier = (await new SupplierQueries(db).Find(SupplierId, cancellationToken))!;
        var due = ChinaTime.EndOf(LastDay.AddDays(Days));
        return new Waiting(
        [
            Bookmark.For("certificate", new HumanTask
            {
                Title = "出具个人信息删除证明", Kind = "exit.deletion", Role = ReliefRoles.SupplierLead, Unit = supplier.OrganisationId ?? SupplierId, Subject = "supplier:" + SupplierId,
                Outcomes = ["Certified"], Form = [new FormField("certificate", "证明编号", "string", ["Certified"])], Due = due
            }),
            Bookmark.Timer("late", due)
        ]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        if (wakeup.IsTimer)
        {
            var supplier = (await new SupplierQueries(db).Find(SupplierId, cancellationToken))!;
            return new Waiting([]) { Send = [ActivityDeeds.Tell("exit.notDeleted", "K", supplier.CountyCode, new { supplier = SupplierId })] };
        }

        var answer = Answer.From(wakeup);
        Certificate = answer.Text("certificate") ?? "";
        await db.Audit("supplier:" + SupplierId, new AuditDetail("DataDeleted", new { Certificate }), context.DeedOf("deleted", answer.By), cancellationToken);
        return new Completed(Done);
    }
}
