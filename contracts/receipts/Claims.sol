// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchTree} from "./BatchTree.sol";
import {Certificates} from "./Certificates.sol";
import {IClaims} from "./IClaims.sol";
import {Messages} from "./Messages.sol";
import {Missing} from "./Missing.sol";
import {StatusNibbles} from "./StatusNibbles.sol";
import {TokenIds} from "./TokenIds.sol";

/// @title Claiming the token of a piece
/// @notice Decides a claim in three steps (open, proof, co-signature) and mints when all agree.
abstract contract Claims is IClaims, Certificates, Missing {
    using StatusNibbles for uint8;

    /// @inheritdoc IClaims
    function claim(ClaimRequest calldata request) external {
        uint256 tokenId = TokenIds.idOf(request.issuer, request.edition, request.serial);
        ClaimOutcome outcome = _claim(tokenId, request);
        if (outcome != ClaimOutcome.Claimed) revert ClaimInvalid(tokenId, outcome);
    }

    /// @inheritdoc IClaims
    function claimMany(ClaimRequest[] calldata requests) external returns (ClaimOutcome[] memory outcomes) {
        outcomes = new ClaimOutcome[](requests.length);
        for (uint256 i = 0; i < requests.length; ++i) {
            ClaimRequest calldata request = requests[i];
            uint256 tokenId = TokenIds.idOf(request.issuer, request.edition, request.serial);
            outcomes[i] = _claim(tokenId, request);
            if (outcomes[i] != ClaimOutcome.Claimed)
                emit ClaimRefused(tokenId, request.recipient, outcomes[i]);
        }
    }

    function _claim(uint256 tokenId, ClaimRequest calldata request) private returns (ClaimOutcome outcome) {
        uint8 status = statusOf(tokenId);
        outcome = _decideOpen(tokenId, status, request);
        if (outcome == ClaimOutcome.Claimed) outcome = _decideProof(tokenId, status, request);
        if (outcome == ClaimOutcome.Claimed) outcome = _decideCoSignature(request);
        if (outcome != ClaimOutcome.Claimed) return outcome;
        // No receiver callback: nothing foreign runs here, and the recipient was named by the piece's own key.
        _mint(request.recipient, tokenId);
        emit Claimed(tokenId, request.recipient, request.certificateDigest);
    }

    /// @dev Whether this serial can be claimed at all, at this time, to this recipient.
    function _decideOpen(
        uint256 tokenId,
        uint8 status,
        ClaimRequest calldata request
    ) private view returns (ClaimOutcome) {
        if (block.timestamp > request.deadline) return ClaimOutcome.DeadlinePassed;
        if (request.recipient == address(0)) return ClaimOutcome.RecipientZero;
        if (status.isWithdrawn()) return ClaimOutcome.Withdrawn;
        if (_ownerOf(tokenId) != address(0)) return ClaimOutcome.AlreadyClaimed;
        uint256 firstTokenId = TokenIds.withSerial(tokenId, request.batch.firstSerial);
        if (!_isAnchored(firstTokenId, request.batch)) return ClaimOutcome.BatchUnknown;
        uint256 objection = _editions[TokenIds.editionKeyOf(tokenId)].objectionSeconds();
        if (block.timestamp < request.batch.time + objection) return ClaimOutcome.InObjectionTime;
        return ClaimOutcome.Claimed;
    }

    /// @dev Whether the key that signed belongs to the certificate in force for this serial. A replaced serial proves
    /// its batch as well: a replacement is no way around objection time, co-signature or voiding.
    function _decideProof(
        uint256 tokenId,
        uint8 status,
        ClaimRequest calldata request
    ) private view returns (ClaimOutcome) {
        uint32 firstSerial = request.batch.firstSerial;
        if (request.serial < firstSerial || request.serial - firstSerial >= request.batch.count) {
            return ClaimOutcome.SerialOutsideBatch;
        }
        address claimKey = Messages.recover(_claimDigest(Messages.CLAIM, request), request.claimSignature);
        if (claimKey == address(0)) return ClaimOutcome.ClaimSignatureMalformed;
        bytes32 leaf = BatchTree.leafOf(tokenId, request.certificateDigest, claimKey);
        if (status == StatusNibbles.REPLACED) {
            return leaf == _replacements[tokenId] ? ClaimOutcome.Claimed : ClaimOutcome.Superseded;
        }
        bool included = BatchTree.includes(
            request.batch.root,
            request.batch.count,
            request.serial - firstSerial,
            leaf,
            request.path
        );
        return included ? ClaimOutcome.Claimed : ClaimOutcome.NotInBatch;
    }

    /// @dev An issuer that drops its co-signer does not shorten the delay, and none can outlast 180 days.
    function _decideCoSignature(ClaimRequest calldata request) private view returns (ClaimOutcome) {
        if (block.timestamp > request.batch.cosignUntil) return ClaimOutcome.Claimed;
        address found = Messages.recover(_claimDigest(Messages.CO_SIGN, request), request.coSignature);
        bool valid = found != address(0) && found == _coSigners[request.issuer];
        return valid ? ClaimOutcome.Claimed : ClaimOutcome.CoSignatureInvalid;
    }

    function _claimDigest(bytes32 typeHash, ClaimRequest calldata request) private view returns (bytes32) {
        return _hashTypedDataV4(Messages.claimHash(typeHash, request));
    }
}
