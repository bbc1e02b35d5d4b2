// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICertificates} from "./ICertificates.sol";
import {IClaims} from "./IClaims.sol";
import {IEditions} from "./IEditions.sol";
import {IIssuers} from "./IIssuers.sol";

/// @title Collector receipts
/// @notice ERC-721, ERC-2981 and EIP-712 with ERC-5267; no owner, no proxy, no upgrade, no fee, no burn.
interface ICollectorReceipts is IClaims, ICertificates, IEditions, IIssuers {}
