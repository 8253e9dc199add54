// What the timeline needs of others: the marks of Observable Plot that it draws.
export { axisX, axisY, plot, rectY, ruleY } from "@observablehq/plot";
