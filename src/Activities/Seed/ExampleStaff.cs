using static Relief.Flow.Activities.Staff.ReliefRoles;

namespace Relief.Flow.Activities.Seed;

/// <summary>The example county's staff: id, name, unit, area, roles.</summary>
internal static class ExampleStaff
{
    public static IReadOnlyList<(string Id, string Name, string Unit, string Area, string[] Roles)> All { get; } =
    [
        ("county-officer-1", "唐某某", "county-bureau", "999900", [CountyOfficer, SpotCheckInspector, AgentSupervisor]),
        ("county-officer-2", "宋某某", "county-bureau", "999900", [CountyOfficer, Surveyor]),
        ("county-finance-1", "韩某甲", "county-bureau", "999900", [CountyFinance]),
        ("county-finance-2", "杨某甲", "county-bureau", "999900", [CountyFinance]),
        ("clerk-1", "周某甲", "township-a", "999901", [ReliefClerk]),
        ("clerk-2", "冯某甲", "township-a", "999901", [ReliefClerk]),
        ("reviewer-li", "李某某", "township-a", "999901", [TownshipReviewer]),
        ("township-reviewer-1", "何某甲", "township-a", "999901", [TownshipReviewer, PrivacyReviewer]),
        ("settlement-clerk-1", "许某甲", "township-a", "999901", [SettlementClerk]),
        ("settlement-clerk-2", "吕某甲", "township-a", "999901", [SettlementClerk]),
        ("surveyor-qian", "钱某某", "village-1", "99990101", [VillageWorker, Surveyor]),
        ("surveyor-sun", "孙某某", "township-a", "999901", [Assistant, Surveyor]),
        ("zhao-nephew", "赵某甲", "township-a", "999901", [Assistant, Surveyor]),
        ("surveyor-zhou", "周某某", "township-a", "999901", [Assistant, Surveyor]),
        ("village-worker-2", "沈某甲", "village-2", "99990102", [VillageWorker, Surveyor]),
        ("clerk-b", "蒋某甲", "township-b", "999902", [ReliefClerk, SettlementClerk]),
        ("reviewer-b", "尤某甲", "township-b", "999902", [TownshipReviewer]),
        ("village-worker-3", "秦某甲", "village-3", "99990201", [VillageWorker, Surveyor]),
        ("supplier-a", "施某甲", "PV-A", "999900", [SupplierLead]),
        ("supplier-b", "张某乙", "PV-B", "999900", [SupplierLead]),
        ("worker-a1", "吴某某", "PV-A", "999900", [SupplierWorker]),
        ("worker-a2", "郑某甲", "PV-A", "999900", [SupplierWorker]),
        ("worker-b1", "王某甲", "PV-B", "999900", [SupplierWorker]),
        ("institution-1", "李某乙", "INST-1", "999900", [Institution, SupplierLead]),
        ("hospital-1", "钱某乙", "HOSP-1", "999900", [MedicalInstitution]),
        ("health-1", "陶某甲", "dept-health", "999900", [DepartmentLiaison]),
        ("labour-1", "姜某甲", "dept-labour", "999900", [DepartmentLiaison]),
        ("leader-1", "戚某甲", "county-bureau", "999900", [LeadingGroup]),
        ("charity-1", "谢某甲", "CH-1", "999900", [Charity]),
        ("trainer-1", "邹某甲", "TR-1", "999900", [TrainingBody]),
        ("secretary-1", "喻某甲", "party-1", "99990101", [PartySecretary]),
        ("member-shen", "沈某某", "party-1", "99990101", [PartyMember]),
        ("member-yang", "杨某某", "party-1", "99990101", [PartyMember]),
        ("social-worker-zhu", "朱某某", "station-1", "999901", [SocialWorker, RedVestLead]),
        ("assistant-qin", "秦某某", "station-1", "999901", [Assistant]),
        ("volunteer-you", "尤某某", "station-1", "999901", [Volunteer]),
        ("duty-1", "柏某甲", "station-1", "999901", [SocialWorkStation, DutyOfficer]),
        ("neighbour-he", "何某某", "village-1", "99990101", [NeighbourAide]),
        ("neighbour-lv", "吕某某", "village-1", "99990101", [NeighbourAide]),
        ("agent-jiang", "姜某某", "village-1", "99990101", [Agent]),
        ("agent-lead-1", "水某甲", "village-1", "99990101", [AgentSupervisor]),
        ("agent-lead-2", "云某甲", "township-a", "999901", [AgentSupervisor]),
        ("grid-1", "窦某甲", "village-1", "99990101", [GridWorker]),
        ("hotline-1", "华某甲", "county-bureau", "999900", [HotlineOperator]),
        ("operator-1", "孔某甲", "county-bureau", "999900", [Operator, Administrator]),
        ("auditor-1", "曹某甲", "county-bureau", "999900", [Auditor]),
        ("guide-1", "范某甲", "city-bureau", ExampleCounty.City, [CityGuide]),
        ("guide-2", "彭某甲", "city-bureau", ExampleCounty.City, [CityGuide])
    ];
}
