// The views, and the question that each answers.

/** @type {[string, string, string, string, string][]} view, name vi, name en, the question it answers vi, en */
export const VIEWS = [
  ["overview", "Tổng quan", "Overview", "Ai được giao việc theo kế hoạch nào? (nhiệm vụ gộp vào đường nối; hình to: chủ trì nhiều)", "Who is charged by which plan? (tasks are folded into the lines; larger: leads more)"],
  ["all", "Mạng đầy đủ", "Every node", "Từng nhiệm vụ nối với cơ quan nào?", "Which task goes to which agency?"],
  ["matrix", "Ma trận", "Matrix", "Loại cơ quan nào chủ trì bao nhiêu việc ở tỉnh nào?", "Which kind of agency leads how much, in which province?"],
  ["map", "Bản đồ", "Map", "Tỉnh nào giao nhiều việc, tỉnh nào giao rõ?", "Which provinces assign much, and which clearly?"],
  ["pairs", "Chủ trì–phối hợp", "Lead–partner", "Ai phải làm việc với ai?", "Who must work with whom?"],
  ["load", "Khối lượng", "Load", "Cơ quan nào được giao chủ trì nhiều nhất?", "Which agency leads most?"],
  ["years", "Theo năm", "By year", "Năm nào dồn nhiều nhiệm vụ nhất?", "In which year do most tasks fall?"],
  ["flow", "Luồng việc", "Flow", "Từ văn bản trung ương, việc đi về đâu?", "Where does the work of a national decision go?"],
  ["sectors", "Lĩnh vực", "Sectors", "Lĩnh vực ưu tiên nào đã có, chưa có nhiệm vụ riêng?", "Which priority sectors have tasks of their own?"],
  ["tasks", "Nhiệm vụ", "Tasks", "Danh sách đầy đủ nhiệm vụ và việc được giao.", "The full list of tasks and duties."],
  ["heirs", "Kế thừa", "Heirs", "Ai kế thừa việc của cơ quan không còn?", "Who inherits the work of bodies that are gone?"],
  ["cases", "Trùng lặp", "Duplicates", "Nhiệm vụ nào trong một tỉnh có thể trùng, chồng lấn?", "Which tasks of one province may duplicate or overlap?"],
  ["ask", "Hỏi", "Ask", "Hỏi đồ thị bằng câu hỏi có sẵn hoặc SPARQL.", "Ask the graph: a question of the library, or SPARQL."],
  ["document", "Văn bản", "Document", "Câu nào trong văn bản nói điều đó?", "Which sentence says so?"],
];
/** @type {Record<string, [string, string, string, string]>} what is set beside what, and the question it answers */
export const MATRICES = {
  "": ["Loại cơ quan × tỉnh", "Kind of agency × province", "Loại cơ quan nào chủ trì bao nhiêu việc ở tỉnh nào?", "Which kind of agency leads how much, in which province?"],
  shared: ["Nhiệm vụ chung × tỉnh", "Shared task × province", "Cùng một việc, mỗi tỉnh giao cho loại cơ quan nào?", "The same work: which kind of agency does each province give it to?"],
  pairs: ["Loại chủ trì × loại phối hợp", "Lead kind × partner kind", "Loại cơ quan nào phải làm việc với loại nào?", "Which kinds of agencies must work with which?"],
};
