using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.HelpDays;
using Relief.Flow.Activities.Grids;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.PolicyLibrary;
using Relief.Flow.Activities.Rounds;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities;

/// <summary>The one rule of who sees which row, told by the columns that a record has: it holds for records that are yet to come.</summary>
/// <remarks>
/// A row is seen by whoever has its area, whose organisation it names, whom it names or who answers for them, and whoever sees what it belongs to. A row with an area
/// of its own belongs to nothing else. A row that names its county alone is the county's.
/// </remarks>
internal static class VisibleRows
{
    /// <summary>Registers that everybody who works here may read: no person who is helped stands in them.</summary>
    public static readonly IReadOnlySet<Type> Open = new HashSet<Type>
    {
        typeof(AreaUnit), typeof(Organisation), typeof(StaffMember), typeof(StaffRole), typeof(StaffDeputy), typeof(PolicyParameter), typeof(CalendarOverride), typeof(CatalogueItem),
        typeof(PriceVersion), typeof(Supplier), typeof(Worker), typeof(WorkerTraining), typeof(CharityProject),
        typeof(GridCell), typeof(GridVillage), typeof(GridPost), typeof(VisitRound), typeof(PolicyEntry), typeof(HelpDay), typeof(HelpDesk)
    };

    private const string Area = "AreaCode";

    private static readonly string[] Places = [Area, "TownshipCode", "CountyCode"];
    private static readonly string[] Bodies = ["SupplierId", "FromSupplierId", "ToSupplierId", "CharityId", "InstitutionId", "TownshipUnitId", "UnitCode"];
    private static readonly string[] Doers = ["CreatedBy", "AgentId", "StaffId", "UserId", "VolunteerId", "HelperId"];

    private static readonly IReadOnlyDictionary<string, Type> Parents = new Dictionary<string, Type>
    {
        ["PersonId"] = typeof(Person), ["CaseId"] = typeof(Case), ["OrderId"] = typeof(Order), ["SurveyId"] = typeof(SurveyRecord), ["PlanId"] = typeof(PlanVersion),
        ["AgreementId"] = typeof(AgreementRecord), ["VisitId"] = typeof(VisitSlot), ["FileId"] = typeof(ArchiveFile), ["BatchId"] = typeof(SettlementBatch), ["LineId"] = typeof(SettlementLine),
        ["AccountId"] = typeof(FundAccount), ["PairId"] = typeof(Pair), ["MandateId"] = typeof(HelpMandate), ["ListId"] = typeof(CharityList), ["SheetId"] = typeof(SubsidySheet),
        ["SubsidyId"] = typeof(Subsidy), ["HelperId"] = typeof(NeighbourVolunteer), ["DeviceId"] = typeof(DoorbellDevice), ["AlertId"] = typeof(Alert), ["LinkageId"] = typeof(ReliefLinkage)
    };

    /// <summary>The condition under which a row of this record is seen through a context; null when everybody sees it.</summary>
    public static LambdaExpression? Of(Type record, VisibleRecordsContext context)
    {
        if (Open.Contains(record))
            return null;
        var row = Expression.Parameter(record, "row");
        var self = Expression.Constant(context);
        List<Expression?> grounds =
        [
            .. Places.Select(name => Among(row, name, self, nameof(context.Areas))), .. Bodies.Select(name => Among(row, name, self, nameof(context.Bodies))),
            record == typeof(Alert) ? Among(row, Area, self, nameof(context.Answered)) : null, .. Doers.Select(name => Among(row, name, self, nameof(context.People))), .. record.GetProperty(Area) is null ? Parents.Select(parent => BelongsTo(row, parent, self)) : []
        ];
        // What has no ground at all is seen by nobody whose view is limited.
        return Expression.Lambda(grounds.OfType<Expression>().Aggregate<Expression, Expression?>(null, (all, one) => all is null ? one : Expression.OrElse(all, one)) ?? Expression.Constant(false), row);
    }

    private static MethodCallExpression? Among(Expression row, string column, Expression self, string values) =>
        Column(row, column) is { } found ? Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], Expression.Property(self, values), found) : null;

    private static MethodCallExpression? BelongsTo(Expression row, KeyValuePair<string, Type> parent, Expression self)
    {
        if (Column(row, parent.Key) is not { } found || row.Type == parent.Value)
            return null;
        var other = Expression.Parameter(parent.Value, "other");
        var match = Expression.Lambda(Expression.Equal(Expression.Property(other, ReliefTables.KeyOf(parent.Value)), found), other);
        return Expression.Call(typeof(Queryable), nameof(Queryable.Any), [parent.Value], Expression.Call(self, nameof(DbContext.Set), [parent.Value]), match);
    }

    private static MemberExpression? Column(Expression row, string name) =>
        row.Type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is { } property && property.PropertyType == typeof(string) ? Expression.Property(row, property) : null;
}
