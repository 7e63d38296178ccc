using System.Linq.Expressions;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Figures;

/// <summary>The figures of services, from the service records: accepted ones count, by their day and their case's village (FA-011 to FA-014, FA-035, PL-022 to PL-024).</summary>
internal static class ServiceFigures
{
    public static IReadOnlyList<Figure> All { get; } =
    [
        Of("services.plural", "多元化服务", "Plural services", "个案服务、健康体检与其他服务之和，不含走访。", "Case work, health checks and other services together, without visits.",
            row => row.Given && (row.Class == ServiceClass.Casework || row.Class == ServiceClass.HealthCheck || row.Class == ServiceClass.Other)),
        Of("services.casework", "个案服务", "Case work", "类别为个案服务的记录。", "Records of the class case work.", row => row.Given && row.Class == ServiceClass.Casework),
        Of("services.healthCheck", "健康体检", "Health checks", "类别为健康体检的记录。", "Records of the class health check.", row => row.Given && row.Class == ServiceClass.HealthCheck),
        Of("services.other", "链接资源等其他服务", "Other services", "类别为其他服务的记录。", "Records of the class other.", row => row.Given && row.Class == ServiceClass.Other),
        Of("services.care", "照护服务", "Care", "类别为照护服务的记录。", "Records of the class care.", row => row.Given && row.Class == ServiceClass.Care),
        Of("visits.all", "走访", "Visits", "类别为走访的记录；不计入服务总数。", "Records of the class visit; they are no part of the services.", row => row.Given && row.Class == ServiceClass.Visit),
        Of("services.all", "服务总数", "Services", "全部已验收的服务记录，不含走访。", "All accepted service records, without visits.", row => row.Given && row.Class != ServiceClass.Visit),
        .. new[] { (ServiceProject.LifeHelp, "lifeHelp", "生活帮扶", "Help with daily life"), (ServiceProject.SocialIntegration, "socialIntegration", "社会融入", "Social integration"), (ServiceProject.Capacity, "capacity", "能力提升", "Capacity"),
            (ServiceProject.Counselling, "counselling", "心理疏导", "Counselling"), (ServiceProject.Company, "company", "温情陪伴", "Warm company") }.Select(one => Project(one.Item1, one.Item2, one.Item3, one.Item4)),
        .. new[] { (ReliefCategory.Dibao, "dibao", "低保对象", "dibao recipients"), (ReliefCategory.Tekun, "tekun", "特困人员", "tekun recipients"), (ReliefCategory.TemporaryRelief, "temporary", "临时救助群体", "those in temporary relief") }
            .Select(one => Group(one.Item1, one.Item2, one.Item3, one.Item4)),
        .. Pathways.All.Select(Pathway),
        new Figure("days.bed", "照护床日", "Bed-days", FigureUnit.Days)
        {
            Of = "service_record", MeaningChinese = "按床日计量的已验收记录的数量之和。", Meaning = "The quantities of accepted records that are measured in bed-days.",
            Rows = (db, scope) => from record in db.Set<VisitRecord>()
                                  join order in db.Set<Orders.Order>() on record.OrderId equals order.Id
                                  join parent in db.Set<Cases.Case>() on order.CaseId equals parent.Id
                                  join item in db.Set<CatalogueItem>() on record.ItemCode equals item.Code
                                  where record.CountyCode == scope.CountyCode && record.ServiceDate >= scope.From && record.ServiceDate <= scope.To && item.Unit == ItemUnit.BedDay
                                      && (record.Status == RecordStatus.Accepted || record.Status == RecordStatus.Settled)
                                  select new FigureRow { Id = record.Id, AreaCode = parent.AreaCode, On = record.ServiceDate, What = record.ItemCode, Amount = record.Quantity }
        },
        Of("spotChecks.services", "年度服务总数(抽查基数)", "Services that spot checks are of", "全部未作废的服务记录(含走访与未验收)。", "All service records but voided ones, whatever their class and whether accepted or not.", row => true)
    ];

    private static Figure Project(ServiceProject project, string key, string chinese, string english) =>
        Of("projects." + key, chinese, english, $"五大服务项目之“{chinese}”的已验收记录。", $"Accepted records of items of the project {english.ToLowerInvariant()} (335).", row => row.Given && row.Project == project);

    private static Figure Group(ReliefCategory category, string key, string chinese, string english) =>
        Of("groups." + key, "服务" + chinese, "Services to " + english, $"个案类别为{chinese}的已验收服务记录，不含走访。", $"Accepted records, without visits, of cases of {english} (335).",
            row => row.Given && row.Class != ServiceClass.Visit && row.Category == category);

    private static Figure Pathway((string Code, string Chinese, string English) pathway)
    {
        var (code, chinese, english) = pathway;
        return Of("pathways." + code, $"服务方式：{chinese}", $"Services by {english}", $"服务方式为{chinese}({code})的已验收服务记录，不含走访。", $"Accepted records, without visits, of orders by {english} ({code}).",
            row => row.Given && row.Class != ServiceClass.Visit && row.Pathway == code);
    }

    private static Figure Of(string key, string chinese, string english, string meaningChinese, string meaning, Expression<Func<ServedRow, bool>> services) =>
        new(key, chinese, english, FigureUnit.PersonTimes) { Of = "service_record", MeaningChinese = meaningChinese, Meaning = meaning, Services = services };
}
